// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl.text;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.CatalogItem;
import dev.skein.engine.postgres.SqlLiterals;
import java.util.ArrayList;
import java.util.List;

/** The numbers that a column gives its rows by itself. */
final class ColumnIdentity {
    private ColumnIdentity() {}

    /**
     * The statements that change it, where the column has it afterwards.
     *
     * @param alter what its clauses stand behind
     */
    static List<String> change(CatalogItem before, CatalogItem after, String alter) {
        if (!after.has(Attribute.IDENTITY)) {
            return List.of();
        }
        var statements = new ArrayList<String>();
        if (!before.has(Attribute.IDENTITY)) {
            statements.add(alter + added(after));
            if (!after.text(Attribute.IDENTITY_OPTIONS).contains("INCREMENT BY -")) {
                statements.add(goOn(after));
            }
            return statements;
        }
        if (before.differs(after, Attribute.IDENTITY)) {
            statements.add(alter + "SET GENERATED " + after.text(Attribute.IDENTITY));
        }
        if (before.differs(after, Attribute.IDENTITY_OPTIONS)) {
            var set = new ArrayList<>(SequenceOptions.each(after.text(Attribute.IDENTITY_OPTIONS)));
            set.removeAll(SequenceOptions.each(before.text(Attribute.IDENTITY_OPTIONS)));
            statements.add(alter + "SET " + String.join(" SET ", set));
        }
        return statements;
    }

    private static String added(CatalogItem column) {
        var unusual =
                SequenceOptions.unusual(
                        column.text(Attribute.IDENTITY_OPTIONS), column.text(Attribute.TYPE));
        return "ADD GENERATED "
                + column.text(Attribute.IDENTITY)
                + " AS IDENTITY"
                + (unusual.isEmpty() ? "" : " (" + unusual + ")");
    }

    /** Numbers go on behind those that the rows have. */
    private static String goOn(CatalogItem column) {
        var name = column.id().name();
        var bare =
                name.startsWith("\"")
                        ? name.substring(1, name.length() - 1).replace("\"\"", "\"")
                        : name;
        return "SELECT setval(pg_get_serial_sequence("
                + SqlLiterals.text(column.id().relation())
                + ", "
                + SqlLiterals.text(bare)
                + "), max("
                + name
                + ")) FROM "
                + column.id().relation()
                + " HAVING max("
                + name
                + ") > 0";
    }
}
