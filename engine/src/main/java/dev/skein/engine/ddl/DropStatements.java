// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.CatalogItem;
import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.ddl.text.CommentStatements;
import dev.skein.engine.ddl.text.DdlStatement;
import dev.skein.engine.ddl.text.DdlWords;
import dev.skein.engine.ddl.text.ForeignKeys;
import dev.skein.engine.ddl.text.GrantStatements;
import java.util.ArrayList;
import java.util.List;

/**
 * The statements that remove an object. Nothing is dropped with CASCADE behind the reader's back.
 */
final class DropStatements {
    private final Catalog from;
    private final OnlineForms online;

    DropStatements(Catalog from, OnlineForms online) {
        this.from = from;
        this.online = online;
    }

    List<DdlStatement> of(CatalogItem item) {
        var id = item.id();
        return switch (id.kind()) {
            case TABLE -> table(item);
            case SEQUENCE -> List.of(plain(id).losing("where " + id.name() + " has come to"));
            case COLUMN -> column(item);
            case ATTRIBUTE -> List.of(attribute(id));
            case CONSTRAINT ->
                    List.of(DdlStatement.of(alter("TABLE", id) + " DROP CONSTRAINT " + id.name()));
            case DOMAIN_CONSTRAINT ->
                    List.of(DdlStatement.of(alter("DOMAIN", id) + " DROP CONSTRAINT " + id.name()));
            case INDEX -> List.of(online.indexes().drop(id));
            case SEQUENCE_OWNER ->
                    List.of(DdlStatement.of(alter("SEQUENCE", id) + " OWNED BY NONE"));
            case AGGREGATE -> List.of(DdlStatement.of("DROP ROUTINE " + id.name()));
            case CONSTRAINT_TRIGGER -> ConstraintTriggers.enable(id, from, online.to());
            case PARTITION, INHERITED_COLUMN -> List.of(); // it goes with its table
            case DEFAULT_PRIVILEGES -> GrantStatements.reset(item);
            default -> List.of(plain(id));
        };
    }

    private static DdlStatement attribute(ItemId id) {
        var drop = alter("TYPE", id) + " DROP ATTRIBUTE " + id.name() + " CASCADE";
        return DdlStatement.of(drop).losing("every value of " + id.fullName());
    }

    /** A partition that foreign keys refer to, through its table, has to leave it first. */
    private List<DdlStatement> table(CatalogItem item) {
        var id = item.id();
        var drop = plain(id).losing("every row of " + id.name());
        var parent = new ItemId(ObjectKind.TABLE, "", item.text(Attribute.PARENTS));
        var referred =
                item.has(Attribute.PARTITION_BOUND)
                        && online.to().get(parent) != null
                        && ForeignKeys.referThroughParent(from, item);
        var detach =
                "ALTER TABLE " + item.text(Attribute.PARENTS) + " DETACH PARTITION " + id.name();
        return referred ? List.of(DdlStatement.of(detach), drop) : List.of(drop);
    }

    private List<DdlStatement> column(CatalogItem item) {
        var id = item.id();
        if (from.get(new ItemId(ObjectKind.VIEW, "", id.relation())) != null
                || from.get(new ItemId(ObjectKind.MATERIALIZED_VIEW, "", id.relation())) != null) {
            return ofView(item);
        }
        var foreign = from.get(new ItemId(ObjectKind.FOREIGN_TABLE, "", id.relation())) != null;
        var drop =
                DdlStatement.of(
                        alter(foreign ? "FOREIGN TABLE" : "TABLE", id)
                                + " DROP COLUMN "
                                + id.name());
        return List.of(
                item.has(Attribute.GENERATED) || foreign
                        ? drop
                        : drop.losing("every value of " + id.fullName()));
    }

    /** Of a view's column only what was added to it. */
    private static List<DdlStatement> ofView(CatalogItem item) {
        var bare = new CatalogItem(item.id(), java.util.Map.of());
        var statements = new ArrayList<DdlStatement>();
        if (item.has(Attribute.DEFAULT)) {
            var column = " ALTER COLUMN " + item.id().name();
            statements.add(DdlStatement.of(alter("VIEW", item.id()) + column + " DROP DEFAULT"));
        }
        statements.addAll(CommentStatements.change(item, bare));
        statements.addAll(GrantStatements.change(item, bare));
        return statements;
    }

    private static String alter(String what, ItemId id) {
        return "ALTER " + what + " " + id.relation();
    }

    private static DdlStatement plain(ItemId id) {
        return DdlStatement.of("DROP " + DdlWords.reference(id));
    }
}
