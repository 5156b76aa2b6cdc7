// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.script.text;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** What backslashes stand for in the rows of a COPY in text format. */
public final class CopyEscapes {
    private CopyEscapes() {}

    /** The bytes that a field stands for. */
    public static byte[] bytes(String field) {
        var bytes = new ByteArrayOutputStream(field.length());
        int plain = 0;
        for (int i = field.indexOf('\\'); i >= 0; i = field.indexOf('\\', plain)) {
            bytes.writeBytes(field.substring(plain, i).getBytes(StandardCharsets.UTF_8));
            plain = escape(field, i + 1, bytes);
        }
        bytes.writeBytes(field.substring(plain).getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }

    /** Writes what an escape stands for; gives where it ends. */
    private static int escape(String field, int at, ByteArrayOutputStream out) {
        if (at >= field.length()) {
            return at; // the server drops it, too
        }
        char c = field.charAt(at);
        int known = "bfnrtv".indexOf(c);
        if (known >= 0) {
            out.write("\b\f\n\r\t\u000b".charAt(known));
            return at + 1;
        }
        if (c >= '0' && c <= '7') {
            return number(field, at, 3, 8, out);
        }
        if (c == 'x' && at + 1 < field.length() && digit(field.charAt(at + 1), 16) >= 0) {
            return number(field, at + 1, 2, 16, out);
        }
        int end = field.offsetByCodePoints(at, 1);
        out.writeBytes(field.substring(at, end).getBytes(StandardCharsets.UTF_8));
        return end;
    }

    private static int number(
            String field, int from, int most, int radix, ByteArrayOutputStream out) {
        int value = 0;
        int at = from;
        while (at < field.length() && at < from + most && digit(field.charAt(at), radix) >= 0) {
            value = value * radix + digit(field.charAt(at++), radix);
        }
        out.write(value);
        return at;
    }

    private static int digit(char c, int radix) {
        return c > 127 ? -1 : Character.digit(c, radix);
    }
}
