// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.CatalogItem;
import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.ddl.text.ColumnChange;
import dev.skein.engine.ddl.text.CommentStatements;
import dev.skein.engine.ddl.text.DdlStatement;
import dev.skein.engine.ddl.text.DefinedObjects;
import dev.skein.engine.ddl.text.DomainStatements;
import dev.skein.engine.ddl.text.ExtensionStatements;
import dev.skein.engine.ddl.text.ForeignDataStatements;
import dev.skein.engine.ddl.text.GrantStatements;
import dev.skein.engine.ddl.text.InheritedColumns;
import dev.skein.engine.ddl.text.PolicyStatements;
import dev.skein.engine.ddl.text.PublicationStatements;
import dev.skein.engine.ddl.text.RoutineStatements;
import dev.skein.engine.ddl.text.SequenceStatements;
import dev.skein.engine.ddl.text.StatisticsStatements;
import dev.skein.engine.ddl.text.TableChange;
import dev.skein.engine.ddl.text.TableText;
import dev.skein.engine.ddl.text.TextSearch;
import dev.skein.engine.ddl.text.TriggerStatements;
import dev.skein.engine.ddl.text.ViewStatements;
import java.util.ArrayList;
import java.util.List;

/** The statements that make an object, with its comment and grants. */
final class CreateStatements {
    private final Catalog to;
    private final TableText tables;
    private final OnlineForms online;

    CreateStatements(Catalog to, OnlineForms online) {
        this.to = to;
        this.tables = new TableText(to, online.from());
        this.online = online;
    }

    List<DdlStatement> of(CatalogItem item) {
        if (InheritedColumns.isDeviation(item.id())) {
            return new ColumnStatements(online.from(), online).deviation(item.id());
        }
        var statements = new ArrayList<>(bare(item));
        statements.addAll(CommentStatements.create(item));
        statements.addAll(GrantStatements.change(null, item));
        return statements;
    }

    private List<DdlStatement> bare(CatalogItem item) {
        return switch (item.id().kind()) {
            case TABLE, FOREIGN_TABLE, COMPOSITE_TYPE -> table(item);
            case COLUMN, ATTRIBUTE -> column(item);
            case CONSTRAINT -> online.constraint(item);
            case INDEX -> online.indexes().create(item);
            case TRIGGER, RULE, EVENT_TRIGGER -> TriggerStatements.create(item);
            case STATISTICS -> StatisticsStatements.create(item);
            case TEXT_SEARCH_CONFIGURATION -> TextSearch.create(item);
            case CONSTRAINT_TRIGGER -> ConstraintTriggers.disable(item.id(), online.from(), to);
            case DEFAULT_PRIVILEGES -> List.of();
            default -> List.of(DdlStatement.of(single(item)));
        };
    }

    /** Of what one statement makes. */
    private static String single(CatalogItem item) {
        return switch (item.id().kind()) {
            case SCHEMA -> "CREATE SCHEMA " + item.id().name();
            case EXTENSION -> ExtensionStatements.create(item);
            case FUNCTION, PROCEDURE, AGGREGATE -> RoutineStatements.create(item);
            case VIEW, MATERIALIZED_VIEW -> ViewStatements.create(item);
            case DOMAIN -> DomainStatements.create(item);
            case DOMAIN_CONSTRAINT -> DomainStatements.createConstraint(item);
            case SEQUENCE -> SequenceStatements.create(item);
            case SEQUENCE_OWNER -> SequenceStatements.createOwner(item);
            case POLICY -> PolicyStatements.create(item);
            case PUBLICATION -> PublicationStatements.create(item);
            case FOREIGN_DATA_WRAPPER, SERVER -> ForeignDataStatements.create(item);
            default -> DefinedObjects.create(item);
        };
    }

    private List<DdlStatement> table(CatalogItem item) {
        var statements = new ArrayList<>(tables.create(item));
        statements.addAll(TableChange.settings(item));
        return statements;
    }

    private List<DdlStatement> column(CatalogItem item) {
        var id = item.id();
        if (to.get(new ItemId(ObjectKind.VIEW, "", id.relation())) != null) {
            // of a view only what was added to it
            return item.has(Attribute.DEFAULT)
                    ? List.of(ViewStatements.columnDefault(item))
                    : List.of();
        }
        if (to.get(new ItemId(ObjectKind.MATERIALIZED_VIEW, "", id.relation())) != null) {
            return ColumnChange.rest(item);
        }
        if (id.kind() == ObjectKind.ATTRIBUTE) {
            var text = "ALTER TYPE " + id.relation() + " ADD ATTRIBUTE " + TableText.column(item);
            return List.of(DdlStatement.of(text + " CASCADE"));
        }
        return tableColumn(item);
    }

    private List<DdlStatement> tableColumn(CatalogItem item) {
        var id = item.id();
        var foreign = to.get(new ItemId(ObjectKind.FOREIGN_TABLE, "", id.relation())) != null;
        var statements = new ArrayList<DdlStatement>();
        statements.add(
                DdlStatement.of(
                        (foreign ? "ALTER FOREIGN TABLE " : "ALTER TABLE ")
                                + id.relation()
                                + " ADD COLUMN "
                                + TableText.column(item)));
        statements.addAll(ColumnChange.rest(item));
        return statements;
    }
}
