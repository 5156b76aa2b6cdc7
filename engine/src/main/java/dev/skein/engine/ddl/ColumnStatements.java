// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl;

import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.CatalogItem;
import dev.skein.engine.catalog.CatalogLookup;
import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.ddl.text.ColumnChange;
import dev.skein.engine.ddl.text.CommentStatements;
import dev.skein.engine.ddl.text.DdlStatement;
import dev.skein.engine.ddl.text.GrantStatements;
import dev.skein.engine.ddl.text.InheritedColumns;
import dev.skein.engine.ddl.text.Retyping;
import dev.skein.engine.ddl.text.TableChange;
import dev.skein.engine.ddl.text.ViewStatements;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The statements that change columns in place, and what tables have otherwise than their parents.
 */
final class ColumnStatements {
    private final Catalog from;
    private final OnlineForms online;

    ColumnStatements(Catalog from, OnlineForms online) {
        this.from = from;
        this.online = online;
    }

    /** The statements, or null where only a new column will do. */
    @Nullable List<DdlStatement> change(CatalogItem before, CatalogItem after) {
        return change(before, after, null);
    }

    private @Nullable List<DdlStatement> change(
            CatalogItem before, CatalogItem after, @Nullable Retyping retyping) {
        var id = after.id();
        if (from.get(new ItemId(ObjectKind.VIEW, "", id.relation())) != null) {
            return List.of(ViewStatements.columnDefault(after));
        }
        var foreign = from.get(new ItemId(ObjectKind.FOREIGN_TABLE, "", id.relation())) != null;
        var statements = ColumnChange.of(before, after, foreign, retyping);
        if (statements == null) {
            return null;
        }
        var all = new ArrayList<DdlStatement>();
        for (var statement : statements) {
            if (statement.sql().endsWith(" SET NOT NULL")) {
                all.addAll(online.notNull(id));
            } else {
                all.add(statement);
            }
        }
        return all;
    }

    /** What gives a column its type back that was made anew, and makes the rest as it is to be. */
    List<DdlStatement> retyped(Retyping retyping, CatalogItem after) {
        var before = CatalogLookup.known(from, after.id());
        var statements = change(retyping.before(), after, retyping);
        var all = new ArrayList<>(Objects.requireNonNull(statements, "a change of its type"));
        all.addAll(CommentStatements.change(before, after));
        all.addAll(GrantStatements.change(before, after));
        return all;
    }

    /** What makes a partition or an inherited column as it is to be: like its parent's, or not. */
    List<DdlStatement> deviation(ItemId id) {
        var bare = new CatalogItem(id, Map.of());
        var was = orElse(from, id, bare);
        var is = orElse(online.to(), id, bare);
        var statements = new ArrayList<DdlStatement>();
        if (id.kind() == ObjectKind.PARTITION) {
            statements.addAll(Objects.requireNonNullElse(TableChange.of(was, is), List.of()));
            statements.addAll(TableChange.identity(was, is));
        } else {
            statements.addAll(inherited(id));
        }
        statements.addAll(CommentStatements.change(was, is));
        statements.addAll(GrantStatements.change(was, is));
        return statements;
    }

    private List<DdlStatement> inherited(ItemId id) {
        var after = InheritedColumns.whole(online.to(), id.relation(), id.name());
        var before = after == null ? null : InheritedColumns.before(from, online.to(), id, after);
        return before == null || after == null
                ? List.of()
                : Objects.requireNonNullElse(change(before, after), List.of());
    }

    /** An item; for an inherited column that is the table's own in one catalog, that one. */
    private static CatalogItem orElse(Catalog catalog, ItemId id, CatalogItem bare) {
        var item = catalog.get(id);
        var own = catalog.get(new ItemId(ObjectKind.COLUMN, id.relation(), id.name()));
        return item != null ? item : own != null ? own : bare;
    }
}
