// SPDX-License-Identifier: Apache-2.0
package dev.skein.standalone.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * When a process started, as a word: by the kernel's ticks since a boot that has a name, where
 * Linux shows them ({@code proc_pid_stat(5)}, field 22), else by the clock. The JDK's start instant
 * is the ticks and the time of the boot, and that one moves whenever the clock is set.
 */
final class ProcessStart {
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

    /** Behind the name, which may hold anything, in brackets, and the state. */
    private static final int TICKS = 19;

    private ProcessStart() {}

    static String of(ProcessHandle process) {
        try {
            var ticks = fields(process.pid())[TICKS];
            return ticks + "@" + Files.readString(BOOT).strip();
        } catch (IOException e) {
            return byClock(process); // no such files on this system, or gone by now
        }
    }

    /** Whether a process started then. */
    static boolean is(ProcessHandle process, String start) {
        return start.equals(start.contains("@") ? of(process) : byClock(process));
    }

    private static String byClock(ProcessHandle process) {
        return String.valueOf(process.info().startInstant().map(Instant::toEpochMilli).orElse(0L));
    }

    /** Whether it was killed and only waits for its parent to take note (Linux). */
    static boolean isZombie(ProcessHandle process) {
        try {
            return fields(process.pid())[0].equals("Z");
        } catch (IOException e) {
            return false; // no such file on this system, or gone by now
        }
    }

    private static String[] fields(long pid) throws IOException {
        var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    }
}
