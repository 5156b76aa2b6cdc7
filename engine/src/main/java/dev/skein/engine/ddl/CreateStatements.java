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
import dev.skein.engine.ddl.text.DdlWords;
import dev.skein.engine.ddl.text.ForeignDataStatements;
import dev.skein.engine.ddl.text.GrantStatements;
import dev.skein.engine.ddl.text.InheritedColumns;
import dev.skein.engine.ddl.text.PublicationStatements;
import dev.skein.engine.ddl.text.SequenceOptions;
import dev.skein.engine.ddl.text.TableChange;
import dev.skein.engine.ddl.text.TableText;
import dev.skein.engine.ddl.text.TextSearch;
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
            return new AlterStatements(online.from(), online).deviation(item.id());
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
            case INDEX -> online.index(item);
            case FUNCTION, PROCEDURE, AGGREGATE, VIEW, MATERIALIZED_VIEW -> body(item);
            case TRIGGER, RULE, EVENT_TRIGGER -> stated(item);
            case STATISTICS -> statistics(item);
            case TEXT_SEARCH_CONFIGURATION -> TextSearch.create(item);
            case CONSTRAINT_TRIGGER -> ConstraintTriggers.disable(item.id(), online.from(), to);
            case DEFAULT_PRIVILEGES -> List.of();
            default -> List.of(DdlStatement.of(simple(item)));
        };
    }

    private List<DdlStatement> table(CatalogItem item) {
        var statements = new ArrayList<>(tables.create(item));
        statements.addAll(TableChange.settings(item));
        return statements;
    }

    private List<DdlStatement> column(CatalogItem item) {
        var id = item.id();
        if (to.get(new ItemId(ObjectKind.VIEW, "", id.relation()))
                != null) { // of a view only what was added to it
            return item.has(Attribute.DEFAULT)
                    ? List.of(
                            DdlStatement.of(
                                    "ALTER VIEW "
                                            + id.relation()
                                            + " ALTER COLUMN "
                                            + id.name()
                                            + " SET DEFAULT "
                                            + item.text(Attribute.DEFAULT)))
                    : List.of();
        }
        if (to.get(new ItemId(ObjectKind.MATERIALIZED_VIEW, "", id.relation())) != null) {
            return ColumnChange.rest(item);
        }
        if (id.kind() == ObjectKind.ATTRIBUTE) {
            var text = "ALTER TYPE " + id.relation() + " ADD ATTRIBUTE " + TableText.column(item);
            return List.of(DdlStatement.of(text + " CASCADE"));
        }
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

    private static List<DdlStatement> body(CatalogItem item) {
        var definition = definition(item);
        var name = item.id().name();
        var options =
                item.has(Attribute.OPTIONS) ? " WITH (" + item.text(Attribute.OPTIONS) + ")" : "";
        return List.of(
                DdlStatement.of(
                        switch (item.id().kind()) {
                            case VIEW -> "CREATE VIEW " + name + options + " AS\n" + definition;
                            case MATERIALIZED_VIEW ->
                                    "CREATE MATERIALIZED VIEW "
                                            + name
                                            + options
                                            + " AS\n"
                                            + definition;
                            case AGGREGATE -> aggregate(item);
                            default -> definition;
                        }));
    }

    private static String aggregate(CatalogItem item) {
        var arguments = item.text(Attribute.ARGUMENTS);
        return "CREATE AGGREGATE "
                + item.id().name().substring(0, item.id().name().indexOf('('))
                + "("
                + (arguments.isEmpty() ? "*" : arguments)
                + ") ("
                + item.text(Attribute.DEFINITION)
                + ")";
    }

    private static List<DdlStatement> stated(CatalogItem item) {
        var statements = new ArrayList<DdlStatement>();
        var own =
                item.id().kind() == ObjectKind.EVENT_TRIGGER
                        ? eventTrigger(item)
                        : definition(item);
        statements.add(DdlStatement.of(own));
        if (item.has(Attribute.STATE)) {
            statements.add(DdlStatement.of(state(item)));
        }
        return statements;
    }

    private static String definition(CatalogItem item) {
        return item.text(Attribute.DEFINITION).strip().replaceAll(";$", "");
    }

    /** ENABLE and DISABLE of triggers and rules. */
    static String state(CatalogItem item) {
        if (item.id().kind() == ObjectKind.EVENT_TRIGGER) {
            var state = item.has(Attribute.STATE) ? item.text(Attribute.STATE) : "ENABLE";
            return "ALTER EVENT TRIGGER " + item.id().name() + " " + state;
        }
        return "ALTER TABLE "
                + item.id().relation()
                + " "
                + (item.has(Attribute.STATE) ? item.text(Attribute.STATE) : "ENABLE")
                + (item.id().kind() == ObjectKind.RULE ? " RULE " : " TRIGGER ")
                + item.id().name();
    }

    private static List<DdlStatement> statistics(CatalogItem item) {
        var statements = new ArrayList<DdlStatement>();
        statements.add(DdlStatement.of(item.text(Attribute.DEFINITION)));
        if (item.has(Attribute.TARGET)) {
            statements.add(
                    DdlStatement.of(
                            "ALTER STATISTICS "
                                    + item.id().name()
                                    + " SET STATISTICS "
                                    + item.text(Attribute.TARGET)));
        }
        return statements;
    }

    private static String simple(CatalogItem item) {
        var name = item.id().name();
        return switch (item.id().kind()) {
            case SCHEMA -> "CREATE SCHEMA " + name;
            case EXTENSION -> "CREATE EXTENSION " + name + " SCHEMA " + item.text(Attribute.SCHEMA);
            case COLLATION -> collation(item);
            case ENUM_TYPE ->
                    "CREATE TYPE " + name + " AS ENUM (" + item.text(Attribute.LABELS) + ")";
            case RANGE_TYPE ->
                    "CREATE TYPE " + name + " AS RANGE (" + item.text(Attribute.DEFINITION) + ")";
            case DOMAIN -> domain(item);
            case DOMAIN_CONSTRAINT ->
                    "ALTER DOMAIN "
                            + item.id().relation()
                            + " ADD CONSTRAINT "
                            + name
                            + " "
                            + item.text(Attribute.DEFINITION);
            case SEQUENCE -> sequence(item);
            case SEQUENCE_OWNER ->
                    "ALTER SEQUENCE "
                            + item.id().relation()
                            + " OWNED BY "
                            + item.text(Attribute.COLUMN);
            case POLICY -> policy(item);
            case PUBLICATION -> PublicationStatements.create(item);
            case FOREIGN_DATA_WRAPPER, SERVER -> ForeignDataStatements.create(item);
            default -> defined(item);
        };
    }

    /** What the catalog has a definition of that is nearly the statement. */
    private static String defined(CatalogItem item) {
        var name = item.id().name();
        var definition = item.text(Attribute.DEFINITION);
        return switch (item.id().kind()) {
            case OPERATOR ->
                    "CREATE OPERATOR %s (%s)"
                            .formatted(name.substring(0, name.lastIndexOf('(')), definition);
            case TEXT_SEARCH_DICTIONARY ->
                    "CREATE " + DdlWords.reference(item.id()) + " (" + definition + ")";
            case CAST -> "CREATE CAST " + name + " " + definition;
            case CONVERSION ->
                    (item.has(Attribute.DEFAULT)
                                    ? "CREATE DEFAULT CONVERSION "
                                    : "CREATE CONVERSION ")
                            + name
                            + " "
                            + definition;
            default -> throw new IllegalArgumentException("no way to create " + item.id());
        };
    }

    private static String sequence(CatalogItem item) {
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

    private static String collation(CatalogItem item) {
        var locale = item.text(Attribute.LOCALE);
        return "CREATE COLLATION "
                + item.id().name()
                + " (provider = "
                + item.text(Attribute.PROVIDER)
                + ", locale = "
                + dev.skein.engine.postgres.SqlLiterals.text(locale)
                + (item.has(Attribute.DETERMINISTIC) ? ", deterministic = false" : "")
                + ")";
    }

    private static String domain(CatalogItem item) {
        return "CREATE DOMAIN "
                + item.id().name()
                + " AS "
                + item.text(Attribute.TYPE)
                + (item.has(Attribute.COLLATION)
                        ? " COLLATE " + item.text(Attribute.COLLATION)
                        : "")
                + (item.has(Attribute.DEFAULT) ? " DEFAULT " + item.text(Attribute.DEFAULT) : "")
                + (item.has(Attribute.NOT_NULL) ? " NOT NULL" : "");
    }

    private static String policy(CatalogItem item) {
        return "CREATE POLICY "
                + item.id().name()
                + " ON "
                + item.id().relation()
                + (item.text(Attribute.MODE).equals("PERMISSIVE") ? "" : " AS RESTRICTIVE")
                + (item.text(Attribute.COMMAND).equals("ALL")
                        ? ""
                        : " FOR " + item.text(Attribute.COMMAND))
                + " TO "
                + item.text(Attribute.ROLES)
                + (item.has(Attribute.USING) ? " USING (" + item.text(Attribute.USING) + ")" : "")
                + (item.has(Attribute.CHECK)
                        ? " WITH CHECK (" + item.text(Attribute.CHECK) + ")"
                        : "");
    }

    private static String eventTrigger(CatalogItem item) {
        return "CREATE EVENT TRIGGER "
                + item.id().name()
                + " ON "
                + item.text(Attribute.EVENT)
                + (item.has(Attribute.TAGS)
                        ? " WHEN TAG IN (" + item.text(Attribute.TAGS) + ")"
                        : "")
                + " EXECUTE FUNCTION "
                + item.text(Attribute.FUNCTION)
                + "()";
    }
}
