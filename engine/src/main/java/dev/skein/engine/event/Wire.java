// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.event;

import java.util.regex.Pattern;

/** The forms that names have on the wire; whatever has another is no event of ours. */
final class Wire {
    private static final Pattern UID = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    private Wire() {}

    static void uid(String text) {
        require(text, UID, "uid");
    }

    static void hash(String text) {
        require(text, HASH, "hash");
    }

    private static void require(
            @org.jspecify.annotations.Nullable String text, Pattern form, String what) {
        if (text == null || !form.matcher(text).matches()) {
            throw new IllegalArgumentException("no " + what + ": " + text);
        }
    }
}
