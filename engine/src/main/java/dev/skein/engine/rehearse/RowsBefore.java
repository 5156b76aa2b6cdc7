// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.rehearse;

import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.CatalogDifference;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.event.RehearsalResult;
import dev.skein.engine.sample.RowDigest;
import dev.skein.engine.scratch.ScratchDatabase;
import dev.skein.engine.script.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Remembers the rows from before a revision, to hold them against those after its way back. */
final class RowsBefore {
    /** What changes only the catalog; of anything else rows may be the subject. */
    private static final List<String> SHAPES =
            List.of("CREATE", "ALTER", "DROP", "COMMENT", "GRANT", "REVOKE", "SET");

    private final boolean looks;
    private @Nullable RowDigest before;
    private final boolean changesRows;
    private final List<String> blank = new ArrayList<>();
    private List<String> touched = List.of();
    private boolean changed;

    /**
     * @param looks false where there are no rows
     */
    RowsBefore(boolean looks, Script script) {
        this.looks = looks;
        this.changesRows =
                script.upgrade().statements().stream()
                        .anyMatch(s -> SHAPES.stream().noneMatch(s::starts));
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
        changed = !names.isEmpty();
        for (var difference : CatalogDifference.between(was, is)) {
            var id = difference.id();
            var table = id.kind() == ObjectKind.TABLE ? id.name() : id.relation();
            if (before.knows(table)) {
                names.add(table);
            }
            var gone = id.kind() == ObjectKind.COLUMN && difference.after() == null;
            if (gone && before.isBlank(table, id.name())) {
                blank.add(id.fullName());
            }
        }
        touched = List.copyOf(names);
    }

    /** What the rows say of a database that has the shape of before again. */
    RehearsalResult judge(ScratchDatabase database, RehearsalReport report) {
        if (before == null) {
            return report.shapeProven();
        }
        var lost = before.lost(digest(database));
        if (!lost.isEmpty()) {
            return report.lossy(lost);
        }
        if (!blank.isEmpty()) {
            return report.unseen("there are no values in " + String.join(", ", blank));
        }
        if (changesRows && !changed) {
            return report.unseen("it changes rows, and none of these");
        }
        var empty = touched.stream().filter(table -> before.rows(table) == 0).toList();
        return empty.isEmpty()
                ? report.dataProven()
                : report.unseen("there are none in " + String.join(", ", empty));
    }

    private static RowDigest digest(ScratchDatabase database) {
        try (var session = database.open()) {
            return RowDigest.of(session);
        }
    }
}
