// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.run;

/**
 * How far a run on many databases is.
 *
 * @param longest what has been at work for longest; empty for nothing
 */
record ProgressBar(int done, int total, String longest) {
    private static final int WIDTH = 30;

    /** All in one line, or it could not be taken away. */
    String line(int room) {
        int full = WIDTH * done / total;
        var all =
                "[%s%s] %d of %d%s"
                        .formatted(
                                "█".repeat(full),
                                " ".repeat(WIDTH - full),
                                done,
                                total,
                                longest.isEmpty() ? "" : "  " + longest);
        return all.length() > room ? all.substring(0, room - 1) + "…" : all;
    }
}
