// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.revision;

import dev.skein.engine.SkeinException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The rules for revision ids and labels. */
public final class RevisionId {
    private static final Pattern FORBIDDEN = Pattern.compile("[@+\\-:,\\s/\\\\\"']|\\p{Cntrl}");
    private static final java.util.Set<String> SYMBOLS =
            java.util.Set.of("head", "heads", "base", "current");
    private static final int BYTES = 6;

    private RevisionId() {}

    /** A new id: 12 random hexadecimal digits. */
    public static String random() {
        var bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /**
     * Checks an id or label that somebody chose.
     *
     * @throws SkeinException naming the character that is not allowed
     */
    public static String check(String id) {
        var m = FORBIDDEN.matcher(id);
        if (m.find()) {
            throw SkeinException.usage(
                    "Revision id or label '" + id + "'",
                    "the character '" + m.group() + "' is not allowed in it",
                    "Use letters, digits, '_' and '.'");
        }
        if (id.isEmpty() || SYMBOLS.contains(id)) {
            throw SkeinException.usage(
                    "Revision id or label '" + id + "'",
                    "this word has a meaning",
                    "Choose another");
        }
        return id;
    }
}
