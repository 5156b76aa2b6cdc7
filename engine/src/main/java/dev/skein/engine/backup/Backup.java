// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.backup;

import dev.skein.engine.event.BackupExtent;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a backup; it stands beside its archive and in the journal.
 *
 * @param uid the database
 * @param database its name then
 * @param rollout before which it was taken; empty for none
 * @param incarnation of the journal, at the moment of the backup
 * @param seq of the journal's last entry then
 * @param serverMajor the server's major version
 * @param programMajor the major version of the pg_dump that wrote it
 * @param file the archive's name in its folder
 * @param bytes the archive's size
 * @param sha256 the archive's digest, hexadecimal; it names the backup
 * @param fingerprint of the database
 * @param shape digest of its catalog without comments and grants, which a scratch copy does not get
 * @param tables what it holds; empty in the journal, where it would become too large
 * @param rows in all of them
 * @param millis how long it took
 * @param likeness what a restored one must be like; absent in what earlier versions wrote
 * @param needs what the server must have for it; absent in what earlier versions wrote
 */
public record Backup(
        String uid,
        String database,
        String rollout,
        BackupExtent extent,
        String incarnation,
        long seq,
        List<String> heads,
        Instant at,
        int serverMajor,
        int programMajor,
        String file,
        long bytes,
        String sha256,
        String fingerprint,
        String shape,
        List<Table> tables,
        long rows,
        long millis,
        @Nullable CatalogLikeness likeness,
        @Nullable RestoreNeeds needs) {
    public Backup {
        Objects.requireNonNull(uid, "uid");
        Objects.requireNonNull(database, "database");
        Objects.requireNonNull(rollout, "rollout");
        Objects.requireNonNull(incarnation, "incarnation");
        Objects.requireNonNull(extent, "extent");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(sha256, "sha256");
        Objects.requireNonNull(shape, "shape");
        heads = List.copyOf(heads);
        tables = List.copyOf(tables);
    }

    /** What the server must have for it, as far as it is known. */
    RestoreNeeds known() {
        return needs == null ? RestoreNeeds.UNKNOWN : needs;
    }

    /**
     * A table as it was.
     *
     * @param rows how many it had; -1 where the backup holds no rows
     * @param writes how many rows had been inserted, updated and deleted, as the server counts
     */
    public record Table(String name, long rows, long writes) {}

    /** The same for the journal. */
    Backup withoutTables() {
        return new Backup(
                uid,
                database,
                rollout,
                extent,
                incarnation,
                seq,
                heads,
                at,
                serverMajor,
                programMajor,
                file,
                bytes,
                sha256,
                fingerprint,
                shape,
                List.of(),
                rows,
                millis,
                likeness,
                needs);
    }
}
