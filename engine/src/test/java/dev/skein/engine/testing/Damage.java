// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What can happen to a revision file: parts are lost, doubled, swapped, or come in between. */
public final class Damage {
    private static final List<String> PIECES =
            List.of(
                    "\0",
                    "\uFEFF",
                    "'",
                    "\"",
                    "$$",
                    "/*",
                    "*/",
                    "--@ ",
                    "--@ upgrade\n",
                    "\\.\n",
                    "\r",
                    "\r\n",
                    ";",
                    "(",
                    "\\",
                    "COPY t FROM stdin;\n",
                    "E'",
                    "--@ batch: ",
                    ":",
                    "\u2028",
                    "BEGIN ATOMIC ",
                    "😀",
                    "9",
                    "SET a = 1;\n",
                    "-- upgrate\n",
                    "\t");

    private Damage() {}

    /** The file after one to three such accidents. */
    public static byte[] of(byte[] whole, Random random) {
        var bytes = whole;
        for (int i = random.nextInt(3); i >= 0; i--) {
            bytes = changed(bytes, random);
        }
        return bytes;
    }

    private static byte[] changed(byte[] bytes, Random random) {
        int a = random.nextInt(bytes.length + 1);
        int b = Math.min(bytes.length, a + random.nextInt(40));
        return switch (random.nextInt(9)) {
            case 0 -> Arrays.copyOf(bytes, Math.max(1, a));
            case 1 -> joined(bytes, 0, a, new byte[0], b); // a part is cut out
            case 2 -> joined(bytes, 0, b, new byte[0], a); // a part is doubled
            case 3 -> joined(bytes, 0, a, new byte[] {(byte) random.nextInt(256)}, a);
            case 4 -> bytes.length == 0 ? bytes : swapped(bytes, random);
            case 5 -> joined(bytes, 0, a, repeated(random), a);
            default -> {
                var piece = PIECES.get(random.nextInt(PIECES.size()));
                yield joined(bytes, 0, a, piece.getBytes(StandardCharsets.UTF_8), a);
            }
        };
    }

    private static byte[] repeated(Random random) {
        var piece = PIECES.get(random.nextInt(PIECES.size()));
        return piece.repeat(1 + random.nextInt(random.nextInt(50) == 0 ? 20_000 : 20))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] swapped(byte[] bytes, Random random) {
        var copy = bytes.clone();
        int a = random.nextInt(copy.length);
        int b = random.nextInt(copy.length);
        copy[a] = bytes[b];
        copy[b] = bytes[a];
        return copy;
    }

    private static byte[] joined(byte[] bytes, int from, int to, byte[] middle, int rest) {
        var out = new ByteArrayOutputStream();
        out.write(bytes, from, to - from);
        out.writeBytes(middle);
        out.write(bytes, rest, bytes.length - rest);
        return out.toByteArray();
    }
}
