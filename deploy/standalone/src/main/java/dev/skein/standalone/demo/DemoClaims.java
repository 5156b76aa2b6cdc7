// SPDX-License-Identifier: Apache-2.0
package dev.skein.standalone.demo;

import dev.skein.agent.cli.common.Output;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What the demo says is so, and whether it was. */
final class DemoClaims {
    private final Output out;
    private final List<String> broken = new ArrayList<>();
    private final long began = System.nanoTime();
    private int made;

    DemoClaims(Output out) {
        this.out = out;
    }

    /** Begins a part of the story. */
    void chapter(String title) {
        out.say("");
        out.say(out.strong("── " + title + " ── ") + out.dim(seconds() + " s"));
    }

    /** Says that something is so; it is checked, not believed. */
    void that(String claim, boolean holds) {
        made++;
        out.say((holds ? out.good("  ✓ ") : out.bad("  ✗ ")) + claim);
        if (!holds) {
            broken.add(claim);
        }
    }

    private String seconds() {
        return "%.1f".formatted(Duration.ofNanos(System.nanoTime() - began).toMillis() / 1000.0);
    }

    /** The last word; gives the exit code. */
    int verdict() {
        out.say("");
        if (broken.isEmpty()) {
            out.say(out.good("All " + made + " claims held") + ", in " + seconds() + " s.");
            return 0;
        }
        out.say(out.bad(broken.size() + " of " + made + " claims did not hold:"));
        broken.forEach(claim -> out.say("  " + claim));
        return 1;
    }
}
