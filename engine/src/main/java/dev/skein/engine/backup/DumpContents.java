// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.backup;

import dev.skein.engine.catalog.CatalogReader;
import dev.skein.engine.catalog.Fingerprint;
import dev.skein.engine.event.BackupExtent;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.postgres.PgSession;
import java.util.List;
import java.util.function.BooleanSupplier;

/** What is read beside an archive, in its snapshot. */
record DumpContents(
        int serverMajor,
        int programMajor,
        String fingerprint,
        String shape,
        List<Backup.Table> tables,
        CatalogLikeness likeness,
        RestoreNeeds needs) {

    /**
     * Before the archive is written: who counts a table's rows keeps others from changing it until
     * the end, so that archive, counts and definitions, which are never a snapshot's, agree.
     */
    static DumpContents read(
            PgSession session,
            BackupExtent extent,
            DumpPrograms programs,
            JournalState state,
            BooleanSupplier stop) {
        var tables =
                extent == BackupExtent.FULL
                        ? DataTables.counted(session, Dump.DUMP_TIMEOUT, stop)
                        : DataTables.list(session, Dump.QUERY_TIMEOUT);
        var catalog = CatalogReader.readNamedInside(session);
        return new DumpContents(
                session.major(),
                programs.major(),
                catalog.fingerprint().toString(),
                ScratchShape.of(catalog),
                tables,
                CatalogLikeness.of(catalog, isAsLeft(session, state)),
                RestoreNeeds.of(session));
    }

    private static boolean isAsLeft(PgSession session, JournalState state) {
        if (state.fingerprint() == null) {
            return false;
        }
        var left = Fingerprint.parse(state.fingerprint());
        return CatalogReader.fingerprintInside(session, left.format()).equals(left);
    }

    /** Rows in all tables. */
    long rows() {
        return tables.stream().mapToLong(table -> Math.max(0, table.rows())).sum();
    }
}
