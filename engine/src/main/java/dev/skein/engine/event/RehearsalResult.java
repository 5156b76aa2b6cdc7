// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.event;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the rehearsal of one revision showed.
 *
 * @param checksum of the revision's file, so that the evidence is worth nothing for another one
 * @param found what went wrong, in words; null where nothing did
 * @param differences what the way back left otherwise than it was
 * @param gone tables and columns that the revision drops: their rows' values do not come back
 * @param made tables and columns that it makes: its way back drops them, with all that was written
 *     to them since; null, as older evidence has it, where nobody looked
 * @param additive whether it was seen to add and do nothing else
 * @param lost what rows were seen to have lost after the way back
 * @param before fingerprint of the scratch database before, with every partition
 * @param after the same after; null where it did not come so far
 * @param up how long the upgrade took
 * @param down how long the downgrade took; null where there was none
 */
public record RehearsalResult(
        String revision,
        String message,
        String checksum,
        RehearsalGrade grade,
        @Nullable String found,
        List<String> differences,
        List<String> gone,
        @Nullable List<String> made,
        boolean additive,
        List<String> lost,
        @Nullable String before,
        @Nullable String after,
        @Nullable Duration up,
        @Nullable Duration down) {
    public RehearsalResult {
        differences = List.copyOf(differences);
        gone = List.copyOf(gone);
        made = made == null ? null : List.copyOf(made);
        Objects.requireNonNull(checksum, "checksum");
        Objects.requireNonNull(grade, "grade");
        lost = List.copyOf(lost);
    }
}
