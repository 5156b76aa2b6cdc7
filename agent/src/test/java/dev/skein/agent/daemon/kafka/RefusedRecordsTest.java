// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.event.Directive;
import dev.skein.engine.event.Heartbeat;
import dev.skein.engine.event.Request;
import dev.skein.engine.testing.Mutations;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class RefusedRecordsTest {
    private static final Path GOLDEN =
            Path.of(System.getProperty("skein.root"), "engine/src/test/resources/event/v1");
    private static final String UID = "0123456789abcdef0123456789abcdef";
    private static final int EACH = 10_000;
    private static final int LARGEST = 1_900_000;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final RefusedRecords refusals = new RefusedRecords(registry);
    private final Logger log = Logger.getLogger(RefusedRecords.class.getName());

    @BeforeEach
    void quiet() {
        log.setLevel(Level.OFF);
    }

    @AfterEach
    void loud() {
        log.setLevel(null);
    }

    private static ConsumerRecord<String, byte[]> record(
            @Nullable String key, byte @Nullable [] value) {
        return new ConsumerRecord<>("t", 3, 7, key, value);
    }

    private <T> int taken(String name, Class<T> type, Function<T, String> uid) throws Exception {
        var golden = Files.readAllBytes(GOLDEN.resolve(name + ".json"));
        var mutations = new Mutations(99, LARGEST);
        int taken = 0;
        for (int n = 0; n < EACH; n++) {
            var read = refusals.read(record(UID, mutations.next(golden)), type, uid);
            taken += read.isPresent() ? 1 : 0;
            assertThat(read.map(uid).orElse(UID)).isEqualTo(UID);
        }
        return taken;
    }

    private long refused() {
        return Math.round(registry.counter("skein.records.refused", "topic", "t").count());
    }

    @Test
    void garbageIsTakenOrRefusedAndCounted() throws Exception {
        int directives = taken("directive", Directive.class, Directive::uid);
        int requests = taken("request", Request.class, Request::uid);
        assertThat(directives).isBetween(EACH / 10, EACH * 9 / 10);
        assertThat(requests).isBetween(EACH / 10, EACH * 9 / 10);
        assertThat(directives + requests + refused()).isEqualTo(2L * EACH);
    }

    @Test
    void theAgentTellsHowManyThereAreAndWhyTheLastWasOne() {
        assertThat(refusals.soFar()).isNull();
        refusals.refuse(record("k", null), "it has\0no value");
        refusals.refuse(record("k", null), "x".repeat(9000));
        refusals.refuse(record("k", null), "it is no JSON");
        assertThat(refusals.soFar()).isEqualTo(new Heartbeat.Refused(3, "t-3@7: it is no JSON"));
        refusals.refuse(record("k", null), "x".repeat(9000));
        assertThat(Objects.requireNonNull(refusals.soFar()).last())
                .hasSizeLessThan(Heartbeat.Attempt.LONGEST + 1);
    }

    @Test
    void aRecordUnderAnotherKeyOrWithoutValueIsNone() throws Exception {
        var golden = Files.readAllBytes(GOLDEN.resolve("directive.json"));
        for (var key : new @Nullable String[] {null, "", "a\0b", "f".repeat(32)}) {
            assertThat(refusals.read(record(key, golden), Directive.class, Directive::uid))
                    .isEmpty();
        }
        assertThat(refusals.read(record(UID, null), Directive.class, Directive::uid)).isEmpty();
        assertThat(refused()).isEqualTo(5);
        assertThat(refusals.read(record(UID, golden), Directive.class, Directive::uid)).isPresent();
        assertThat(refused()).isEqualTo(5);
    }
}
