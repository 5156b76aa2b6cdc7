// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.backup;

import dev.skein.engine.event.BackupExtent;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.postgres.DatabaseAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * What is to be saved.
 *
 * @param state where the database's journal stands
 * @param at when it began
 */
record DumpOrder(
        DatabaseAddress address,
        BackupExtent extent,
        JournalState state,
        String rollout,
        Instant at) {
    /** With the database's uid, what its sessions are called: who holds its lock has no other. */
    private static final String APPLICATION = "skein backup ";

    /** What its sessions are called. */
    String application() {
        return APPLICATION + state.uid();
    }

    /** What is known of the backup that it became. */
    Backup describe(Path part, DumpContents seen, long began) {
        var archive = ArchiveFile.read(part);
        return new Backup(
                state.uid(),
                address.database(),
                rollout,
                extent,
                state.incarnation(),
                state.seq(),
                state.heads(),
                at,
                seen.serverMajor(),
                seen.programMajor(),
                part.getFileName().toString().replaceFirst("\\.part$", ""),
                archive.bytes(),
                archive.sha256(),
                seen.fingerprint(),
                seen.shape(),
                seen.tables(),
                seen.rows(),
                Duration.ofNanos(System.nanoTime() - began).toMillis(),
                seen.likeness(),
                seen.needs());
    }
}
