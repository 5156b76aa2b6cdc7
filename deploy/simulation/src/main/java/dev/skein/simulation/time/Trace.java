// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.time;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What happened, in words; kept only where somebody wants to read it. */
public final class Trace {
    private final Timeline timeline;
    private final boolean kept;
    private final List<String> lines = new ArrayList<>();

    /**
     * @param kept whether anybody will read it
     */
    public Trace(Timeline timeline, boolean kept) {
        this.timeline = timeline;
        this.kept = kept;
    }

    /** Notes something. */
    public void say(Supplier<String> what) {
        if (kept) {
            lines.add("%9.3f %s".formatted(timeline.now() / 1000.0, what.get()));
        }
    }

    /** All of it. */
    public List<String> lines() {
        return List.copyOf(lines);
    }
}
