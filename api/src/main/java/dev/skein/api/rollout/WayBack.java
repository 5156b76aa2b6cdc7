// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rollout;

import dev.skein.engine.rehearse.Grade;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What rehearsals showed of a revision.
 *
 * @param additive whether it was seen to add and do nothing else
 * @param made tables and columns that its way back drops
 * @param upMillis how long the upgrade took there
 * @param downMillis how long the downgrade took there
 * @param found what was wrong
 */
public record WayBack(
        Grade grade,
        boolean additive,
        List<String> made,
        @Nullable Long upMillis,
        @Nullable Long downMillis,
        @Nullable String found) {
    public WayBack {
        made = List.copyOf(made);
    }

    /** Whether nothing is known against walking it. */
    public boolean isGood() {
        return !grade.isBad() && grade != Grade.IRREVERSIBLE;
    }
}
