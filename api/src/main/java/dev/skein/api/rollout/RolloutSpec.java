// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rollout;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks for.
 *
 * @param id names the rollout for ever
 * @param bundle the digest of the revisions
 * @param to the target, as the command line takes it
 * @param proof what the revisions' rehearsals must have shown; null, as older ones have it, for
 *     nothing
 * @param backup what is saved before; null, as older ones have it, for nothing
 * @param undo what it takes back; null for one that goes forward
 * @param select which databases; see {@link dev.skein.api.fleet.DatabaseSelector}
 */
public record RolloutSpec(
        String id,
        String bundle,
        String to,
        String select,
        @Nullable RequiredEvidence proof,
        @Nullable BackupChoice backup,
        List<WaveSpec> waves,
        @Nullable Undo undo) {
    public RolloutSpec {
        waves = List.copyOf(waves);
    }

    /**
     * What a rollback takes back.
     *
     * @param rollout whose revisions
     * @param wave only this one's databases; null for all
     * @param database only this one, by name or uid; null for all
     * @param reason why
     * @param way which way; null for the one that loses nothing, as far as is known
     */
    public record Undo(
            String rollout,
            @Nullable String wave,
            @Nullable String database,
            String reason,
            @Nullable Way way) {}

    /** How a database is taken back. */
    public enum Way {
        /** By its revisions' downgrades. */
        DOWNGRADE,
        /** By restoring the backup from before the rollout. */
        RESTORE
    }

    /** What is saved before, nothing where nobody said. */
    public BackupChoice saving() {
        return backup == null
                ? new BackupChoice(BackupChoice.Policy.NONE, "nobody asked for it")
                : backup;
    }

    /**
     * One wave.
     *
     * @param take how many of the databases that no earlier wave took
     * @param soak how long to watch after its last database
     * @param budget how many may fail
     * @param parallel how many directives are open at once
     */
    public record WaveSpec(
            String name, TargetShare take, Duration soak, TargetShare budget, int parallel) {
        /** So many directives may be open at once at most. */
        public static final int MOST_PARALLEL = 10_000;
    }
}
