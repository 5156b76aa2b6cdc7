// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl;

import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.CatalogItem;
import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.catalog.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * A type takes the place of one of its name: the columns of the old one are read as text into the
 * new one. Where a value has no place in the new type, the statement fails; only a domain's base
 * type may cut it off, which is said.
 */
final class TypeSwap {
    private final Catalog from;
    private final Catalog to;
    private final SpareNames spare;

    TypeSwap(Catalog from, Catalog to, SpareNames spare) {
        this.from = from;
        this.to = to;
        this.spare = spare;
    }

    static boolean fits(ItemId id) {
        return switch (id.kind()) {
            case ENUM_TYPE, DOMAIN, RANGE_TYPE -> true;
            default -> false;
        };
    }

    /** The columns that are of a type before and after. */
    List<ItemId> columns(ItemId type) {
        return from.items().keySet().stream()
                .filter(id -> id.kind() == Kind.COLUMN && to.get(id) != null)
                .filter(id -> from.needs(id).contains(type) && to.needs(id).contains(type))
                .filter(id -> from.get(new ItemId(Kind.TABLE, "", id.relation())) != null)
                .toList();
    }

    List<Statement> of(CatalogItem type, List<Statement> creation) {
        var name = type.id().name();
        var old = spare.beside(name, "old");
        var statements = new ArrayList<Statement>();
        statements.add(Statement.of("ALTER TYPE " + name + " RENAME TO " + old));
        statements.addAll(creation);
        for (var id : columns(type.id())) {
            statements.addAll(column(id, name));
        }
        statements.add(Statement.of("DROP TYPE " + Words.schema(name) + old));
        return statements;
    }

    /** Of a domain the explicit cast may cut values off. */
    private Statement read(String type, String sql) {
        var domain = from.get(new ItemId(Kind.DOMAIN, "", type)) != null;
        var statement = Statement.of(sql);
        return domain ? statement.losing("what the new " + type + " cannot hold") : statement;
    }

    private List<Statement> column(ItemId id, String type) {
        var before = from.items().get(id);
        var after = to.items().get(id);
        if (before == null || after == null || !after.text("type").startsWith(type)) {
            return List.of();
        }
        var alter = "ALTER TABLE " + id.relation() + " ALTER COLUMN " + id.name();
        var array = after.text("type").endsWith("[]") ? "::text[]::" : "::text::";
        var statements = new ArrayList<Statement>();
        if (before.has("default")) {
            statements.add(Statement.of(alter + " DROP DEFAULT"));
        }
        statements.add(
                read(
                        type,
                        alter
                                + " TYPE "
                                + after.text("type")
                                + " USING "
                                + id.name()
                                + array
                                + after.text("type")));
        if (after.has("default")) {
            statements.add(Statement.of(alter + " SET DEFAULT " + after.text("default")));
        }
        return statements;
    }
}
