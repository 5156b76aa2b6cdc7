// SPDX-License-Identifier: Apache-2.0
package dev.skein.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** What a process and its children took of processor and memory, as the kernel counts. */
final class ProcessUse {
    /** Of these the kernel counts a hundred in a second. */
    private static final double TICK_SECONDS = 0.01;

    private static final int USER = 11;
    private static final int ENDED_CHILDREN_SYSTEM = 14;
    private static final long MEGA = 1 << 20;
    private static final long PAGE = 4096;

    private ProcessUse() {}

    /** Seconds of processor time so far, those of children that ended included. */
    static double seconds(Process process) {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .mapToDouble(one -> ticks(one.pid()) * TICK_SECONDS)
                .sum();
    }

    /** The same of several by their names. */
    static Map<String, Double> seconds(Map<String, Process> processes) {
        var seconds = new LinkedHashMap<String, Double>();
        processes.forEach((name, process) -> seconds.put(name, seconds(process)));
        return seconds;
    }

    private static long ticks(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            long ticks = 0;
            for (int n = USER; n <= ENDED_CHILDREN_SYSTEM; n++) {
                ticks += Long.parseLong(fields[n]);
            }
            return ticks;
        } catch (IOException e) {
            return 0; // it ended: its parent counts it
        }
    }

    /** Resident memory of the process alone, in MiB. */
    static double residentMegabytes(Process process) {
        try {
            var statm = Files.readString(Path.of("/proc", String.valueOf(process.pid()), "statm"));
            return Double.parseDouble(statm.split(" ")[1]) * PAGE / MEGA;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
