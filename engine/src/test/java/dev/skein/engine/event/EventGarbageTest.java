// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.Json;
import dev.skein.engine.SkeinException;
import dev.skein.engine.journal.Envelope;
import dev.skein.engine.testing.Mutations;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever bytes hold, they are read or refused: never anything else. */
class EventGarbageTest {
    private static final Path GOLDEN =
            Path.of(System.getProperty("skein.root"), "engine/src/test/resources/event/v1");
    private static final int EACH = 10_000;
    private static final int LARGEST = 1_900_000;

    @ParameterizedTest
    @MethodSource("dev.skein.engine.event.EventFormatTest#names")
    void aMutatedRecordIsReadAndWrittenAgainOrRefused(String name) throws Exception {
        var golden = Files.readAllBytes(GOLDEN.resolve(name + ".json"));
        var type = EventFormatTest.typeOf(name);
        var mutations = new Mutations(1234, LARGEST);
        int read = 0;
        for (int n = 0; n < EACH; n++) {
            read += isRead(mutations.next(golden), type) ? 1 : 0;
        }
        assertThat(read).isBetween(EACH / 20, EACH * 19 / 20);
    }

    private static boolean isRead(byte[] bytes, Class<?> type) {
        try {
            var value = Json.read(bytes, type);
            assertThat(Json.read(Json.bytes(value), type).getClass()).isEqualTo(type);
            if (value instanceof JournalRecord entry) {
                assertThat(Envelope.parse(entry.envelope())).isNotNull();
            }
            return true;
        } catch (SkeinException e) {
            assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(1_000);
            return false;
        }
    }
}
