// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.order;

import java.util.regex.Pattern;

/** A name in a command that is printed for people to copy. */
public final class ShellWord {
    private static final Pattern PLAIN = Pattern.compile("[\\w.][\\w.-]*");

    private ShellWord() {}

    /** As a shell takes it. */
    public static String of(String name) {
        return PLAIN.matcher(name).matches() ? name : "'" + name.replace("'", "'\\''") + "'";
    }
}
