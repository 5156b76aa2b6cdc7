// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl.text;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.CatalogItem;
import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.catalog.ObjectKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** CREATE TABLE, with what a table can have from its birth, and the definition of a column. */
public final class TableText {
    private final Catalog catalog;
    private final Catalog from;

    /**
     * @param from what was before: a type that takes the place of another one begins with the same
     *     attributes in the same order, since its values are read as they were written
     */
    public TableText(Catalog catalog, Catalog from) {
        this.catalog = catalog;
        this.from = from;
    }

    /** What is written inside CREATE TABLE rather than after it. */
    public List<CatalogItem> inline(CatalogItem table) {
        if (table.id().kind() == ObjectKind.COMPOSITE_TYPE && from.get(table.id()) != null) {
            return from.members(table.id().name()).stream()
                    .map(member -> catalog.get(member.id()))
                    .filter(Objects::nonNull)
                    .toList();
        }
        var members = new ArrayList<CatalogItem>();
        for (var member : catalog.members(table.id().name())) {
            var kind = member.id().kind();
            if (kind == ObjectKind.COLUMN || kind == ObjectKind.ATTRIBUTE) {
                members.add(member);
            } else if (kind == ObjectKind.CONSTRAINT && standsAlone(member, table.id().name())) {
                members.add(member);
            }
        }
        return members;
    }

    /** Whether a constraint needs nothing but its own table. */
    private boolean standsAlone(CatalogItem constraint, String table) {
        var definition = constraint.text(Attribute.DEFINITION);
        Set<ItemId> needs = catalog.needs(constraint.id());
        return !definition.startsWith("FOREIGN KEY")
                && !definition.endsWith("NOT VALID")
                && needs.stream()
                        .allMatch(id -> id.relation().equals(table) || id.name().equals(table));
    }

    public List<DdlStatement> create(CatalogItem table) {
        var lines = new ArrayList<String>();
        for (var member : inline(table)) {
            lines.add(line(member));
        }
        var body = lines.isEmpty() ? "()" : "(\n    " + String.join(",\n    ", lines) + "\n)";
        var statements = new ArrayList<DdlStatement>();
        statements.add(DdlStatement.of(head(table, lines.isEmpty(), body)));
        for (var member : inline(table)) {
            statements.addAll(ColumnChange.rest(member));
            statements.addAll(CommentStatements.create(member));
            statements.addAll(GrantStatements.change(null, member));
        }
        return statements;
    }

    private static String line(CatalogItem member) {
        return member.id().kind() == ObjectKind.CONSTRAINT
                ? "CONSTRAINT " + member.id().name() + " " + member.text(Attribute.DEFINITION)
                : column(member);
    }

    private static String head(CatalogItem table, boolean empty, String body) {
        var name = table.id().name();
        if (table.id().kind() == ObjectKind.COMPOSITE_TYPE) {
            return "CREATE TYPE " + name + " AS " + body;
        }
        if (table.id().kind() == ObjectKind.FOREIGN_TABLE) {
            return foreign(table, body);
        }
        var text = new StringBuilder("CREATE ");
        text.append("u".equals(table.get(Attribute.PERSISTENCE)) ? "UNLOGGED " : "");
        text.append("TABLE ").append(name);
        text.append(parts(table, empty, body));
        var key = table.get(Attribute.PARTITION_KEY);
        text.append(key == null ? "" : " PARTITION BY " + key);
        var options = table.get(Attribute.OPTIONS);
        return text + (options == null ? "" : " WITH (" + options + ")");
    }

    /** What a table has by itself, and what it is a part or child of. */
    private static String parts(CatalogItem table, boolean empty, String body) {
        var parents = table.text(Attribute.PARENTS);
        var bound = table.get(Attribute.PARTITION_BOUND);
        if (bound != null) {
            return " PARTITION OF " + parents + (empty ? "" : " " + body) + " " + bound;
        }
        return " " + body + (table.has(Attribute.PARENTS) ? " INHERITS (" + parents + ")" : "");
    }

    private static String foreign(CatalogItem table, String body) {
        var options = table.text(Attribute.OPTIONS);
        return "CREATE FOREIGN TABLE "
                + table.id().name()
                + " "
                + body
                + " SERVER "
                + table.text(Attribute.SERVER)
                + (options.isEmpty() ? "" : " OPTIONS (" + options + ")");
    }

    /** A column as CREATE TABLE and ADD COLUMN write it. */
    public static String column(CatalogItem column) {
        var text =
                new StringBuilder(column.id().name())
                        .append(' ')
                        .append(column.text(Attribute.TYPE));
        if (column.has(Attribute.FOREIGN_OPTIONS)) {
            text.append(" OPTIONS (").append(column.text(Attribute.FOREIGN_OPTIONS)).append(')');
        }
        if (column.has(Attribute.COLLATION)) {
            text.append(" COLLATE ").append(column.text(Attribute.COLLATION));
        }
        if (column.has(Attribute.GENERATED)) {
            text.append(" GENERATED ALWAYS AS ").append(column.text(Attribute.GENERATED));
        }
        if (column.has(Attribute.DEFAULT)) {
            text.append(" DEFAULT ").append(column.text(Attribute.DEFAULT));
        }
        if (column.has(Attribute.IDENTITY)) {
            text.append(identity(column));
        }
        if (column.has(Attribute.NOT_NULL)) {
            text.append(" NOT NULL");
        }
        return text.toString();
    }

    private static String identity(CatalogItem column) {
        var options =
                SequenceOptions.unusual(
                        column.text(Attribute.IDENTITY_OPTIONS), column.text(Attribute.TYPE));
        return " GENERATED "
                + column.text(Attribute.IDENTITY)
                + " AS IDENTITY"
                + (options.isEmpty() ? "" : " (" + options + ")");
    }
}
