// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl.text;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.CatalogItem;
import java.util.ArrayList;
import java.util.List;

/** Sequences. */
public final class SequenceStatements {
    private SequenceStatements() {}

    public static String create(CatalogItem item) {
        var unusual =
                SequenceOptions.unusual(item.text(Attribute.OPTIONS), item.text(Attribute.TYPE));
        return "CREATE "
                + ("u".equals(item.get(Attribute.PERSISTENCE)) ? "UNLOGGED " : "")
                + "SEQUENCE "
                + item.id().name()
                + (item.text(Attribute.TYPE).equals("bigint")
                        ? ""
                        : " AS " + item.text(Attribute.TYPE))
                + (unusual.isEmpty() ? "" : " " + unusual);
    }

    /** What lets a column own one. */
    public static String createOwner(CatalogItem item) {
        return "ALTER SEQUENCE "
                + item.id().relation()
                + " OWNED BY "
                + item.text(Attribute.COLUMN);
    }

    public static List<DdlStatement> change(CatalogItem before, CatalogItem after) {
        var alter = "ALTER SEQUENCE " + after.id().name();
        var statements = new ArrayList<DdlStatement>();
        var words = new ArrayList<String>();
        if (before.differs(after, Attribute.TYPE)) {
            words.add("AS " + after.text(Attribute.TYPE));
        }
        if (before.differs(after, Attribute.OPTIONS) || before.differs(after, Attribute.TYPE)) {
            words.addAll(SequenceOptions.each(after.text(Attribute.OPTIONS)));
        }
        if (!words.isEmpty()) {
            statements.add(DdlStatement.of(alter + " " + String.join(" ", words)));
        }
        if (before.differs(after, Attribute.PERSISTENCE)) {
            var unlogged = "u".equals(after.get(Attribute.PERSISTENCE));
            statements.add(DdlStatement.of(alter + (unlogged ? " SET UNLOGGED" : " SET LOGGED")));
        }
        return statements;
    }
}
