// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.backup;

import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.CatalogQuery;
import dev.skein.engine.catalog.CatalogReader;
import dev.skein.engine.catalog.Fingerprint;
import dev.skein.engine.postgres.PgSession;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Whether what was restored is what was saved. */
final class RestoreJudge {
    private static final String DIFFERS = "its catalog differs from the one that was saved";

    private final Backup backup;
    private final PgSession session;
    private final boolean isCopy;
    private final Duration bound;
    private final BooleanSupplier stop;

    private RestoreJudge(
            Backup backup,
            PgSession session,
            boolean isCopy,
            Duration bound,
            BooleanSupplier stop) {
        this.backup = backup;
        this.session = session;
        this.isCopy = isCopy;
        this.bound = bound;
        this.stop = stop;
    }

    /**
     * Holds a restored database against what was noted, in the form in which it was noted. A
     * catalog in a form that this program does not make, or of another server version, says
     * nothing: then only tables and rows are compared, which the answer tells.
     *
     * @param isCopy whether it was restored without owners, grants and comments
     * @param stop asked several times a second while rows are counted
     */
    static RestoredComparison of(
            Backup backup,
            PgSession session,
            boolean isCopy,
            Duration bound,
            BooleanSupplier stop) {
        return new RestoreJudge(backup, session, isCopy, bound, stop).compare();
    }

    private RestoredComparison compare() {
        var likeness = backup.likeness();
        if (likeness != null && !likeness.hasPublic() && !isCopy) {
            session.script("DROP SCHEMA IF EXISTS public", bound); // every new database has it
        }
        var noted = Fingerprint.parse(likeness == null ? backup.fingerprint() : likeness.whole());
        if (!noted.isReadableOn(session.major())) {
            return new RestoredComparison(rows(), List.of(why(noted)));
        }
        var catalog = CatalogReader.readNamed(session).as(noted);
        return new RestoredComparison(
                isAlike(catalog, noted) ? rows() : List.of(DIFFERS), List.of());
    }

    private List<String> rows() {
        return RowCounts.wrong(backup, session, bound, stop);
    }

    private String why(Fingerprint noted) {
        return noted.major() == session.major()
                ? "its catalog, which another version of Skein noted otherwise"
                : "its catalog, which was noted on PostgreSQL %d and is on %d now"
                        .formatted(noted.major(), session.major());
    }

    private boolean isAlike(Catalog catalog, Fingerprint noted) {
        var likeness = backup.likeness();
        if (likeness != null) {
            return isCopy
                    ? likeness.copy().equals(CatalogLikeness.of(catalog, false).copy())
                    : CatalogLikeness.wholes(catalog).contains(likeness.whole());
        }
        return isCopy
                ? ScratchShape.of(catalog).equals(backup.shape())
                : fingerprint(noted.format()).equals(noted);
    }

    private Fingerprint fingerprint(int format) {
        var query = CatalogQuery.everything(session.major());
        return CatalogReader.fingerprint(session, query, format);
    }
}
