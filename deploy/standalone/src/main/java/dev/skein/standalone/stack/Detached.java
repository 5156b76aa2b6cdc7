// SPDX-License-Identifier: Apache-2.0
package dev.skein.standalone.stack;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Commands in a session of their own, where the system can do that, so that Ctrl-C reaches the
 * supervisor and not everybody at once.
 */
final class Detached {
    private static final String SETSID = "/usr/bin/setsid";
    private static final String NICE = "/usr/bin/nice";

    /**
     * Linux shares its processors among sessions first; nice counts among those of one only. Ten is
     * a tenth of another's share: at 19, on a machine that is never idle, it would never end.
     */
    private static final String YIELD =
            "{ echo 10 > /proc/self/autogroup; } 2> /dev/null; exec \"$@\"";

    private Detached() {}

    static List<String> command(List<String> words) {
        return has(SETSID) ? after(List.of(SETSID), words) : words;
    }

    /** Behind whoever else wants the processor. */
    static List<String> behindAll(List<String> words) {
        var nice = has(NICE) ? after(List.of(NICE, "-n", "19"), words) : words;
        return has(SETSID)
                ? after(List.of(SETSID, "/bin/sh", "-c", YIELD, "sh"), nice)
                : nice; // in whose session it is, all would yield
    }

    private static boolean has(String program) {
        return Files.isExecutable(Path.of(program));
    }

    private static List<String> after(List<String> first, List<String> words) {
        var all = new ArrayList<>(first);
        all.addAll(words);
        return all;
    }
}
