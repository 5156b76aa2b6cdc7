// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.backup;

import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.CatalogReader;
import dev.skein.engine.catalog.Fingerprint;
import dev.skein.engine.postgres.PgSession;
import java.time.Duration;
import java.util.List;

/** Whether what was restored is what was saved. */
final class Judge {
    private static final String DIFFERS = "its catalog differs from the one that was saved";

    private Judge() {}

    /**
     * Holds a restored database against what was noted. A catalog that was noted in another form,
     * or of another server version, says nothing: then tables and rows decide.
     *
     * @param isCopy whether it was restored without owners, grants and comments
     * @return what is not as it was, in words
     */
    static List<String> wrong(Backup backup, PgSession session, boolean isCopy, Duration bound) {
        var noted = backup.likeness();
        if (noted != null && !noted.hasPublic() && !isCopy) {
            session.script("DROP SCHEMA IF EXISTS public", bound); // every new database has it
        }
        var catalog = CatalogReader.read(session);
        return isAlike(backup, catalog, isCopy)
                ? Rows.wrong(backup, session, bound)
                : List.of(DIFFERS);
    }

    private static boolean isAlike(Backup backup, Catalog catalog, boolean isCopy) {
        var noted = backup.likeness();
        if (noted != null) {
            var now = Likeness.of(catalog, false);
            return !noted.isComparable(now)
                    || (isCopy
                            ? noted.copy().equals(now.copy())
                            : noted.whole().equals(now.whole()));
        }
        var then = Fingerprint.parse(backup.fingerprint());
        return !then.isComparable(catalog.fingerprint())
                || (isCopy
                        ? Shape.of(catalog).equals(backup.shape())
                        : then.equals(catalog.fingerprint()));
    }
}
