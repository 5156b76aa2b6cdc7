// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.order;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import java.util.List;

/** Nothing was started: the database is not where it was when somebody approved what is to run. */
public final class UnapprovedPath extends SkeinException {
    private static final long serialVersionUID = 1L;

    /** So many revisions are named. */
    private static final int NAMED = 8;

    private UnapprovedPath(String subject, String found) {
        super(
                ErrorCode.DIFFERS,
                subject,
                found,
                "Look at its history (skein audit log --database …), plan it again, and have that"
                        + " approved");
    }

    /** Its heads lead another way. */
    public static UnapprovedPath way(
            String subject, List<String> heads, List<String> way, ApprovedPath approved) {
        return new UnapprovedPath(
                subject,
                "it is at %s by now, from where it would go over %s; what was approved was %s"
                        .formatted(
                                inWords(heads, "base"),
                                inWords(way, "nothing"),
                                inWords(approved.revisions(), "nothing")));
    }

    /**
     * It has moved, and all that would be undone.
     *
     * @param heads where it is
     * @param planned where it was when that was planned
     */
    public static UnapprovedPath moved(String subject, List<String> heads, List<String> planned) {
        return new UnapprovedPath(
                subject,
                "it is at %s by now; what was approved is to restore it from %s"
                        .formatted(inWords(heads, "base"), inWords(planned, "base")));
    }

    private static String inWords(List<String> ids, String none) {
        if (ids.isEmpty()) {
            return none;
        }
        return ids.size() <= NAMED
                ? String.join(", ", ids)
                : String.join(", ", ids.subList(0, NAMED))
                        + ", … (%d in all)".formatted(ids.size());
    }
}
