// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl.text;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.CatalogItem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** How the values of a column are kept, and what is known of them. */
final class ColumnStorage {
    /** What of it CREATE TABLE and ADD COLUMN cannot say. */
    private static final List<String> SETTINGS =
            List.of(
                    Attribute.STORAGE,
                    Attribute.COMPRESSION,
                    Attribute.STATISTICS,
                    Attribute.OPTIONS);

    private final CatalogItem before;
    private final CatalogItem after;

    private ColumnStorage(CatalogItem before, CatalogItem after) {
        this.before = before;
        this.after = after;
    }

    /** What has to follow ALTER COLUMN, each in a statement of its own. */
    static List<String> change(CatalogItem before, CatalogItem after) {
        return new ColumnStorage(before, after).clauses();
    }

    /** The same for a new column: what could not be said when it was made. */
    static List<String> rest(CatalogItem column) {
        var bare = new HashMap<>(column.attributes());
        bare.keySet().removeAll(SETTINGS);
        return change(new CatalogItem(column.id(), bare), column);
    }

    private List<String> clauses() {
        var clauses = new ArrayList<String>();
        var typed = ColumnChange.changesType(before, after);
        if (isSet(Attribute.STORAGE, typed)) {
            clauses.add("SET STORAGE " + value(Attribute.STORAGE, usual()));
        }
        if (isSet(Attribute.COMPRESSION, typed)) {
            clauses.add("SET COMPRESSION " + value(Attribute.COMPRESSION, "default"));
        }
        if (before.differs(after, Attribute.STATISTICS)) {
            clauses.add("SET STATISTICS " + value(Attribute.STATISTICS, "-1"));
        }
        if (before.differs(after, Attribute.OPTIONS)) {
            clauses.addAll(OptionChanges.storage(before, after));
        }
        if (before.differs(after, Attribute.FOREIGN_OPTIONS)) {
            clauses.add(
                    OptionChanges.foreign(
                            before.text(Attribute.FOREIGN_OPTIONS),
                            after.text(Attribute.FOREIGN_OPTIONS)));
        }
        return clauses;
    }

    /** Whether it has to be said: another type brings its own. */
    private boolean isSet(String attribute, boolean typed) {
        return before.differs(after, attribute) || (typed && after.has(attribute));
    }

    private String value(String attribute, String usual) {
        return after.has(attribute) ? after.text(attribute) : usual;
    }

    /** The type's own storage: servers before 16 do not know the word DEFAULT for it. */
    private String usual() {
        return after.text(Attribute.TYPE).startsWith("numeric") ? "MAIN" : "EXTENDED";
    }
}
