// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rollout;

import dev.skein.api.rollout.RolloutPlan.Member;
import dev.skein.engine.script.Scripts;
import java.util.ArrayList;
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

    /** What is known of each way back, and how many are restored instead. */
    List<String> notes(List<Member> members) {
        var notes = new ArrayList<String>();
        var ids = new TreeSet<String>();
        members.stream().filter(m -> m.restore() == null).forEach(m -> ids.addAll(m.path()));
        ids.forEach(id -> notes.add(inWords(id)));
        var restored = members.stream().filter(m -> m.restore() != null).count();
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
