// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.trial;

import dev.skein.agent.cli.common.Output;
import dev.skein.engine.event.RehearsalResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a rehearsal showed of a revision, for people. */
record RehearsalText(Output out) {
    List<String> lines(RehearsalResult one) {
        var lines = new ArrayList<String>();
        lines.add(headline(one));
        if (one.found() != null) {
            lines.add("    " + one.found());
        }
        one.lost().forEach(lost -> lines.add("    " + lost));
        one.differences().forEach(difference -> lines.add("    " + difference));
        if (!one.gone().isEmpty()) {
            lines.add("    its rows' values do not come back: " + String.join(", ", one.gone()));
        }
        return lines;
    }

    private String headline(RehearsalResult one) {
        var grade = one.grade().words();
        var painted = one.grade().isBad() ? out.bad(grade) : out.good(grade);
        var times = times(one.up(), one.down());
        return painted + "  " + one.revision() + "  " + one.message() + out.dim(times);
    }

    private static String times(@Nullable Duration up, @Nullable Duration down) {
        return (up == null ? "" : "  up " + up.toMillis() + " ms")
                + (down == null ? "" : "  down " + down.toMillis() + " ms");
    }
}
