// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rollout;

import dev.skein.engine.script.Scripts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What is known of the ways back from revisions. Pure. */
final class RehearsedWays {
    private final Scripts scripts;
    private final Map<String, WayBack> ways;

    /**
     * @param ways what rehearsals showed of them, by checksum
     */
    RehearsedWays(Scripts scripts, Map<String, WayBack> ways) {
        this.scripts = scripts;
        this.ways = ways;
    }

    /** Whether there is a way back. */
    boolean exists(String id) {
        return scripts.get(id).hasWayBack();
    }

    /** Whether there is one, and nothing is known against it. */
    boolean isGood(String id) {
        var way = ways.get(scripts.get(id).checksum());
        return exists(id) && (way == null || way.isGood());
    }

    /**
     * What is known of each way back, and how many are restored instead.
     *
     * @param walked revisions whose ways back are walked
     * @param restored how many databases are restored
     */
    List<String> notes(Collection<String> walked, int restored) {
        var notes = new ArrayList<String>();
        new TreeSet<>(walked).forEach(id -> notes.add(inWords(id)));
        if (restored > 0) {
            notes.add(
                    (restored == 1 ? "one database is" : restored + " databases are")
                            + " restored: all that anybody wrote there since the backup is"
                            + " undone");
        }
        return notes;
    }

    /** What is known of one. */
    String inWords(String id) {
        var way = ways.get(scripts.get(id).checksum());
        return id
                + ": "
                + (way == null
                        ? "its way back was not rehearsed"
                        : "its way back is " + way.grade().words());
    }
}
