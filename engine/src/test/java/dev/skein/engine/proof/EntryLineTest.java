// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class EntryLineTest {
    private static final long SEED = 20261123;
    private static final int CHANGES = 60_000;

    private final Random random = new Random(SEED);

    private byte[] some(int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private List<byte[]> lines() {
        var lines = new ArrayList<byte[]>();
        for (int length = 0; length < 7; length++) {
            for (int more = 0; more < 3; more++) {
                var entry =
                        ExportLine.entry(
                                length * 1_000_003L,
                                "db/u" + length + "/i",
                                more,
                                some(length),
                                some(32),
                                more > 0 ? some(16) : null,
                                more > 1 ? some(length) : null,
                                null);
                lines.add(entry.text().getBytes(StandardCharsets.UTF_8));
            }
        }
        return lines;
    }

    @Test
    void whatIsWrittenIsRead() {
        for (var line : lines()) {
            var read = EntryLine.read(line);
            assertThat(read).isNotNull();
            assertThat(String.valueOf(read == null ? null : read.text()))
                    .isEqualTo(new String(line, StandardCharsets.UTF_8));
        }
    }

    /** With one byte more, less, or another one. */
    private byte[] changed(byte[] line) {
        int at = random.nextInt(line.length);
        int left = random.nextInt(2); // of the byte there
        int more = left == 0 ? random.nextInt(2) : 1;
        var bytes = new byte[line.length - 1 + left + more];
        System.arraycopy(line, 0, bytes, 0, at);
        if (more == 1) {
            var known = line[random.nextInt(line.length)];
            bytes[at] = random.nextBoolean() ? known : (byte) random.nextInt(256);
        }
        int rest = at + 1 - left;
        System.arraycopy(line, rest, bytes, at + more, line.length - rest);
        return bytes;
    }

    /** Whatever it reads, the parser reads alike and would have written alike. */
    @Test
    void nothingElseIsReadOtherwiseThanByTheParser() {
        var lines = lines();
        int accepted = 0;
        for (int n = 0; n < CHANGES; n++) {
            var line = changed(lines.get(n % lines.size()));
            var read = EntryLine.read(line);
            if (read != null) {
                accepted++;
                var text = new String(line, StandardCharsets.UTF_8);
                assertThat(read.text()).as("seed %d, %d", SEED, n).isEqualTo(text);
                assertThat(Json.read(line, ExportLine.class).text()).isEqualTo(text);
            }
        }
        assertThat(accepted).isBetween(CHANGES / 20, CHANGES / 10 * 9);
    }
}
