// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rollout;

import dev.skein.engine.event.RehearsalGrade;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What rehearsals showed of a revision.
 *
 * @param additive whether it was seen to add and do nothing else
 * @param made tables and columns that its way back drops; null where nobody looked
 * @param upMillis how long the upgrade took there
 * @param downMillis how long the downgrade took there
 * @param found what was wrong
 */
public record WayBack(
        RehearsalGrade grade,
        boolean additive,
        @Nullable List<String> made,
        @Nullable Long upMillis,
        @Nullable Long downMillis,
        @Nullable String found) {
    public WayBack {
        made = made == null ? null : List.copyOf(made);
    }

    /**
     * Whether nothing is known against walking it. Where the rehearsal itself failed nothing is
     * known at all: a downgrade that fails leaves a database as it is.
     */
    public boolean isGood() {
        return grade != RehearsalGrade.LOSSY
                && grade != RehearsalGrade.DIFFERS
                && grade != RehearsalGrade.IRREVERSIBLE;
    }

    /** Whether it was seen what it drops, and that it loses nothing else. */
    public boolean isKnown() {
        return made != null
                && (grade == RehearsalGrade.DATA_PROVEN || grade == RehearsalGrade.SHAPE_PROVEN);
    }
}
