// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.rehearse;

import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.CatalogDifference;
import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.catalog.Kind;
import dev.skein.engine.sample.Digest;
import dev.skein.engine.scratch.ScratchDatabase;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Remembers the rows from before a revision, to hold them against those after its way back. */
final class Witness {
    private final boolean looks;
    private @Nullable Digest before;
    private List<String> touched = List.of();

    /**
     * @param looks false where there are no rows
     */
    Witness(boolean looks) {
        this.looks = looks;
    }

    void before(ScratchDatabase database) {
        if (looks) {
            before = digest(database);
        }
    }

    void after(ScratchDatabase database, Catalog was, Catalog is) {
        if (before == null) {
            return;
        }
        var names = new TreeSet<>(before.changed(digest(database)));
        for (var difference : CatalogDifference.between(was, is)) {
            var id = difference.id();
            var table = id.kind() == Kind.TABLE ? id.name() : id.relation();
            if (was.get(new ItemId(Kind.TABLE, "", table)) != null) {
                names.add(table);
            }
        }
        touched = List.copyOf(names);
    }

    /** What the rows say of a database that has the shape of before again. */
    Rehearsed judge(ScratchDatabase database, Report report) {
        if (before == null) {
            return report.shapeProven();
        }
        var lost = before.lost(digest(database));
        if (!lost.isEmpty()) {
            return report.lossy(lost);
        }
        var empty = touched.stream().filter(table -> before.rows(table) == 0).toList();
        return empty.isEmpty() ? report.dataProven() : report.withoutRows(empty);
    }

    private static Digest digest(ScratchDatabase database) {
        try (var session = database.open()) {
            return Digest.of(session);
        }
    }
}
