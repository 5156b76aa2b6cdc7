// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.api.store.Continuity;
import dev.skein.api.store.EventStore;
import dev.skein.api.store.LostDecisions;
import dev.skein.api.store.LostDirectives;
import dev.skein.api.store.LostDirectives.Issued;
import dev.skein.api.testing.OnApiDatabase;
import dev.skein.engine.Digests;
import dev.skein.engine.Json;
import dev.skein.engine.event.DecisionRecord;
import dev.skein.engine.event.Directive;
import dev.skein.engine.event.Topics;
import dev.skein.engine.testing.Mutations;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Whatever stands in the api's own topics, what it wrote itself is read back, and nothing stops.
 */
class PublishedStateTest extends OnApiDatabase {
    private static final Path GOLDEN =
            Path.of(System.getProperty("skein.root"), "engine/src/test/resources/event/v1");
    private static final int EACH = 10_000;
    private static final int BATCH = 500;
    private static final int LARGEST = 900_000;

    /** A good record comes behind so many that may be anything. */
    private static final int GOOD_AFTER = 200;

    private final List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();

    private static byte[] golden(String type) throws Exception {
        return Files.readAllBytes(GOLDEN.resolve(type + ".json"));
    }

    private void add(String topic, @Nullable String key, byte @Nullable [] value, byte[] id) {
        var headers = new RecordHeaders();
        headers.add("ce_id", id);
        records.add(
                new ConsumerRecord<>(
                        topic,
                        0,
                        records.size(),
                        0,
                        TimestampType.CREATE_TIME,
                        0,
                        0,
                        key,
                        value,
                        headers,
                        Optional.empty()));
    }

    /** As an odd client may send it: under any key, with any id, at times without a value. */
    private void odd(int n, String topic, byte[] value) {
        var keys = new String[] {"k" + n, "", "a\0b", "x".repeat(5_000), "half \ud800", null};
        var ids = List.of("", "u/" + "9".repeat(18), "u/1\0", "\ud800/7", "u/" + "9".repeat(40));
        var id = ids.get(n % 5).getBytes(StandardCharsets.UTF_8);
        add(topic, keys[n % 6], n % 7 == 0 ? null : value, id);
    }

    private static byte[] decision(int n) {
        var envelope = ("{\"good\": " + n + "}").getBytes(StandardCharsets.UTF_8);
        var zeros = new byte[32];
        return Json.bytes(
                new DecisionRecord(
                        "rollout/good-" + n,
                        1,
                        envelope,
                        Digests.hex(zeros),
                        Digests.hex(Digests.sha256(zeros, envelope))));
    }

    private static String uid(int n) {
        return "%032x".formatted(n + 1);
    }

    private static byte[] directive(int n) {
        return Json.bytes(
                new Directive(
                        uid(n),
                        7,
                        Directive.Action.MIGRATE,
                        "good",
                        "b",
                        "heads",
                        "ann",
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null));
    }

    private void fill() throws Exception {
        var decision = golden("decision");
        var directive = golden("directive");
        var mutations = new Mutations(4711, LARGEST);
        for (int n = 0; n < EACH; n++) {
            odd(n, Topics.DECISIONS, mutations.next(decision));
            odd(n, Topics.directives("eu"), mutations.next(directive));
            if (n % GOOD_AFTER == GOOD_AFTER - 1) {
                int nth = n / GOOD_AFTER;
                add(Topics.DECISIONS, "good-" + nth, decision(nth), new byte[0]);
                add(Topics.directives("eu"), uid(nth), directive(nth), new byte[0]);
            }
        }
    }

    @Test
    void whatItWroteItselfIsFoundAmongGarbage() throws Exception {
        migrate("heads");
        fill();
        var decisions = new LostDecisions(new EventStore(new Continuity()));
        var directives = new LostDirectives();
        for (int from = 0; from < records.size(); from += BATCH) {
            var batch = records.subList(from, Math.min(from + BATCH, records.size()));
            db.run(tx -> {
                var published = PublishedState.of(batch);
                decisions.keep(tx, published.decisions());
                directives.keep(tx, published.directives());
            });
        }
        assertThat(database.value("SELECT count(*) FROM lost_decision WHERE stream ~ '/good-'"))
                .isEqualTo(String.valueOf(EACH / GOOD_AFTER));
        assertThat(
                        database.value(
                                "SELECT count(*) FROM lost_directive WHERE generation = 7 AND uid"
                                        + " LIKE '00000000%'"))
                .isEqualTo(String.valueOf(EACH / GOOD_AFTER));
        var kept = Long.parseLong(database.value("SELECT count(*) FROM lost_decision"));
        assertThat(kept).isBetween(EACH / 100L, EACH * 9L / 10);
    }

    @Test
    void noGenerationIsTakenFromATombstoneThatNoneFollows() {
        var id = ("u/" + "9".repeat(18)).getBytes(StandardCharsets.UTF_8);
        add(Topics.directives("eu"), uid(1), null, id);
        assertThat(PublishedState.of(records).directives()).isEmpty();
        add(Topics.directives("eu"), uid(1), null, "u/9".getBytes(StandardCharsets.UTF_8));
        assertThat(PublishedState.of(records).directives())
                .containsExactly(new Issued(uid(1), "eu", 9));
    }
}
