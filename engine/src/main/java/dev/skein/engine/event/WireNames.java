// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.event;

import org.jspecify.annotations.Nullable;

/** The forms that names have on the wire; whatever has another is no event of ours. */
final class WireNames {
    private static final int UID = 32;
    private static final int HASH = 64;

    private WireNames() {}

    static void uid(@Nullable String text) {
        require(text, UID, "uid");
    }

    static void hash(@Nullable String text) {
        require(text, HASH, "hash");
    }

    private static void require(@Nullable String text, int length, String what) {
        if (text == null || text.length() != length || !isHex(text)) {
            throw new IllegalArgumentException("no " + what + ": " + text);
        }
    }

    private static boolean isHex(String text) {
        for (int i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }
}
