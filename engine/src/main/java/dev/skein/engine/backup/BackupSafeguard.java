// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.backup;

import dev.skein.engine.Json;
import dev.skein.engine.event.BackupExtent;
import dev.skein.engine.execute.order.Brake;
import dev.skein.engine.execute.order.Safeguard;
import dev.skein.engine.journal.EntryBody;
import dev.skein.engine.journal.EntryDraft;
import dev.skein.engine.journal.EntryKind;
import dev.skein.engine.journal.Envelope;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.postgres.DatabaseAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Takes a backup before a rollout's first step on a database. One that a rollout resumes half-way
 * keeps the backup from before its first step; as long as no step was taken, a new one is fresher.
 */
public final class BackupSafeguard implements Safeguard {
    private final Dump dump;
    private final DatabaseAddress address;
    private final BackupExtent extent;
    private final String rollout;
    private final Brake brake;

    public BackupSafeguard(
            Dump dump, DatabaseAddress address, BackupExtent extent, String rollout, Brake brake) {
        this.dump = dump;
        this.address = address;
        this.extent = extent;
        this.rollout = rollout;
        this.brake = brake;
    }

    @Override
    public Optional<EntryDraft> before(
            JournalState state, List<Envelope> history, BooleanSupplier stop) {
        if (hasBegun(history)) {
            return Optional.empty();
        }
        BooleanSupplier ends = () -> brake.isPulled() || stop.getAsBoolean();
        var backup = dump.take(address, extent, state, rollout, ends);
        return Optional.of(entry(backup));
    }

    /** What the journal says of a backup. */
    static EntryDraft entry(Backup backup) {
        return new EntryDraft(
                backup.heads(),
                Json.text(backup.withoutTables()),
                new EntryBody.BackedUp(backup.sha256(), backup.extent().words()));
    }

    /** Whether an entry is of a step: after it the database is no longer as it was before. */
    public static boolean isStep(Envelope entry) {
        return switch (entry.kind()) {
            case APPLIED, REVERTED, INTENT -> true;
            case OUTCOME -> entry.statement() != null; // of one that had its transaction, no INTENT
            case INITIALIZED, STAMPED, FAILED, OBSERVED, ADOPTED, BACKED_UP, RESTORED -> false;
        };
    }

    private boolean hasBegun(List<Envelope> history) {
        var saved = false;
        for (var entry : history) {
            var ours = rollout.equals(entry.rollout());
            saved |= ours && entry.kind() == EntryKind.BACKED_UP;
            if (saved && ours && isStep(entry)) {
                return true;
            }
        }
        return false;
    }
}
