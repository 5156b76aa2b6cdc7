// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.proof;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads an envelope as journals write it: one object without white space, whose texts are ASCII
 * without escapes, and whose values are texts, lists of them, plain numbers and null. That is
 * quicker than to parse it. Of anything else it says nothing, and the parser decides.
 */
final class PlainEnvelope {
    private static final int DIGITS = 18; // fit a long
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};

    private final byte[] json;
    private int at;

    /** Where the text that was read last stands. */
    private int from;

    private int to;

    /** Hears what the envelope says; false where the parser had better read it. */
    interface Ear {
        /** A name of which the value is to be told; null for any other. */
        @Nullable String known(byte[] json, int from, int to);

        boolean text(String name, String value);

        boolean number(String name, long value);
    }

    private PlainEnvelope(byte[] json) {
        this.json = json;
    }

    /**
     * Reads one.
     *
     * @return whether it is like that; if not, what was told so far means nothing
     */
    static boolean read(byte[] json, Ear ear) {
        var reading = new PlainEnvelope(json);
        return reading.object(ear) && reading.at == json.length;
    }

    private boolean object(Ear ear) {
        if (!next('{')) {
            return false;
        }
        do {
            if (!text() || !next(':')) {
                return false;
            }
            var name = ear.known(json, from, to);
            if (!value(name, ear)) {
                return false;
            }
        } while (next(','));
        return next('}');
    }

    private boolean value(@Nullable String name, Ear ear) {
        if (text()) {
            return name == null || ear.text(name, string());
        }
        if (at < json.length && json[at] >= '0' && json[at] <= '9') {
            return number(name, ear);
        }
        return name == null && (list() || isNull());
    }

    private String string() {
        return new String(json, from, to - from, StandardCharsets.US_ASCII);
    }

    private boolean list() {
        if (!next('[')) {
            return false;
        }
        if (next(']')) {
            return true;
        }
        do {
            if (!text()) {
                return false;
            }
        } while (next(','));
        return next(']');
    }

    private boolean isNull() {
        int end = at + NULL.length;
        var there = end <= json.length && Arrays.equals(json, at, end, NULL, 0, NULL.length);
        at = there ? end : at;
        return there;
    }

    private boolean number(@Nullable String name, Ear ear) {
        int begin = at;
        long value = 0;
        while (at < json.length && json[at] >= '0' && json[at] <= '9' && at - begin < DIGITS) {
            value = value * 10 + json[at++] - '0';
        }
        var written = json[begin] != '0' || at - begin == 1;
        // What follows of a fraction, or of more digits, is no comma.
        return written && (name == null || ear.number(name, value));
    }

    private boolean text() {
        if (!next('"')) {
            return false;
        }
        from = at;
        while (at < json.length && json[at] != '"') {
            if (json[at] < ' ' || json[at] == '\\') { // bytes of other letters are below zero
                return false;
            }
            at++;
        }
        to = at;
        return next('"');
    }

    private boolean next(char expected) {
        var there = at < json.length && json[at] == expected;
        at += there ? 1 : 0;
        return there;
    }
}
