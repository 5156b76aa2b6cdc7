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
final class DetachedCommand {
    private static final String SETSID = "/usr/bin/setsid";
    private static final String NICE = "/usr/bin/nice";

    private DetachedCommand() {}

    static List<String> command(List<String> words) {
        return has(SETSID) ? after(List.of(SETSID), words) : words;
    }

    /**
     * In a session of its own, behind others by nine tenths. Where Linux shares its processors
     * among sessions first, it is one of them: behind all of them it would never end on a busy
     * machine.
     */
    static List<String> behind(List<String> words) {
        return command(has(NICE) ? after(List.of(NICE, "-n", "10"), words) : words);
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
