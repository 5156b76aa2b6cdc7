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
import dev.skein.engine.ddl.text.EnumChange;
import dev.skein.engine.ddl.text.ForeignDataStatements;
import dev.skein.engine.ddl.text.GrantStatements;
import dev.skein.engine.ddl.text.InheritedColumns;
import dev.skein.engine.ddl.text.OptionChanges;
import dev.skein.engine.ddl.text.PublicationStatements;
import dev.skein.engine.ddl.text.Retyping;
import dev.skein.engine.ddl.text.SequenceOptions;
import dev.skein.engine.ddl.text.TableChange;
import dev.skein.engine.ddl.text.TextSearch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The statements that change an object in place. */
final class AlterStatements {
    private static final Set<String> ASIDE = Set.of(ObjectKind.COMMENT, ObjectKind.GRANTS);

    private final Catalog from;
    private final OnlineForms online;

    AlterStatements(Catalog from, OnlineForms online) {
        this.from = from;
        this.online = online;
    }

    /** The statements, or null where it has to be dropped and made anew. */
    @Nullable List<DdlStatement> of(CatalogItem before, CatalogItem after) {
        var own = own(before, after);
        if (own == null) {
            return null;
        }
        var statements = new ArrayList<>(own);
        statements.addAll(CommentStatements.change(before, after));
        statements.addAll(GrantStatements.change(before, after));
        return statements;
    }

    /** What gives a column its type back that was made anew, and makes the rest as it is to be. */
    List<DdlStatement> retyped(Retyping retyping, CatalogItem after) {
        var before = CatalogLookup.known(from, after.id());
        var statements = column(retyping.before(), after, retyping);
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
            var after = InheritedColumns.whole(online.to(), id.relation(), id.name());
            var before =
                    after == null ? null : InheritedColumns.before(from, online.to(), id, after);
            statements.addAll(
                    before == null || after == null
                            ? List.of()
                            : Objects.requireNonNullElse(column(before, after), List.of()));
        }
        statements.addAll(CommentStatements.change(was, is));
        statements.addAll(GrantStatements.change(was, is));
        return statements;
    }

    /** An item; for an inherited column that is the table's own in one catalog, that one. */
    private static CatalogItem orElse(Catalog catalog, ItemId id, CatalogItem bare) {
        var item = catalog.get(id);
        var own = catalog.get(new ItemId(ObjectKind.COLUMN, id.relation(), id.name()));
        return item != null ? item : own != null ? own : bare;
    }

    private @Nullable List<DdlStatement> own(CatalogItem before, CatalogItem after) {
        var same =
                after.id().kind().attributes().stream()
                        .filter(name -> !ASIDE.contains(name))
                        .allMatch(name -> Objects.equals(before.get(name), after.get(name)));
        if (same) {
            return List.of();
        }
        return switch (after.id().kind()) {
            case EXTENSION -> extension(before, after);
            case DOMAIN -> domain(before, after);
            case ENUM_TYPE -> EnumChange.additions(before, after);
            case SEQUENCE -> sequence(before, after);
            case SEQUENCE_OWNER -> new CreateStatements(online.to(), online).of(after);
            case TABLE -> TableChange.of(before, after);
            case COLUMN, ATTRIBUTE -> column(before, after);
            case CONSTRAINT -> constraint(before, after);
            case INDEX -> index(before, after);
            case FUNCTION, PROCEDURE, AGGREGATE -> routine(before, after);
            case VIEW, MATERIALIZED_VIEW -> view(before, after);
            case TRIGGER, RULE -> stated(before, after);
            case EVENT_TRIGGER -> eventTrigger(before, after);
            case POLICY -> policy(before, after);
            case STATISTICS -> statistics(before, after);
            case TEXT_SEARCH_CONFIGURATION -> TextSearch.change(before, after);
            case PUBLICATION -> PublicationStatements.change(before, after);
            case FOREIGN_DATA_WRAPPER, SERVER, FOREIGN_TABLE ->
                    ForeignDataStatements.change(before, after);
            default -> null;
        };
    }

    private static List<DdlStatement> extension(CatalogItem before, CatalogItem after) {
        var alter = "ALTER EXTENSION " + after.id().name();
        var statements = new ArrayList<DdlStatement>();
        if (differ(before, after, Attribute.SCHEMA)) {
            statements.add(DdlStatement.of(alter + " SET SCHEMA " + after.text(Attribute.SCHEMA)));
        }
        if (differ(before, after, Attribute.VERSION)) {
            var version = dev.skein.engine.postgres.SqlLiterals.text(after.text(Attribute.VERSION));
            statements.add(DdlStatement.of(alter + " UPDATE TO " + version));
        }
        return statements;
    }

    private static @Nullable List<DdlStatement> domain(CatalogItem before, CatalogItem after) {
        if (differ(before, after, Attribute.TYPE) || differ(before, after, Attribute.COLLATION)) {
            return null;
        }
        var alter = "ALTER DOMAIN " + after.id().name();
        var statements = new ArrayList<DdlStatement>();
        if (differ(before, after, Attribute.DEFAULT)) {
            var set =
                    after.has(Attribute.DEFAULT)
                            ? " SET DEFAULT " + after.text(Attribute.DEFAULT)
                            : null;
            statements.add(DdlStatement.of(alter + (set == null ? " DROP DEFAULT" : set)));
        }
        if (differ(before, after, Attribute.NOT_NULL)) {
            statements.add(
                    DdlStatement.of(
                            alter
                                    + (after.has(Attribute.NOT_NULL) ? " SET" : " DROP")
                                    + " NOT NULL"));
        }
        return statements;
    }

    private static List<DdlStatement> sequence(CatalogItem before, CatalogItem after) {
        var alter = "ALTER SEQUENCE " + after.id().name();
        var statements = new ArrayList<DdlStatement>();
        var words = new ArrayList<String>();
        if (differ(before, after, Attribute.TYPE)) {
            words.add("AS " + after.text(Attribute.TYPE));
        }
        if (differ(before, after, Attribute.OPTIONS) || differ(before, after, Attribute.TYPE)) {
            words.addAll(SequenceOptions.each(after.text(Attribute.OPTIONS)));
        }
        if (!words.isEmpty()) {
            statements.add(DdlStatement.of(alter + " " + String.join(" ", words)));
        }
        if (differ(before, after, Attribute.PERSISTENCE)) {
            var unlogged = "u".equals(after.get(Attribute.PERSISTENCE));
            statements.add(DdlStatement.of(alter + (unlogged ? " SET UNLOGGED" : " SET LOGGED")));
        }
        return statements;
    }

    private @Nullable List<DdlStatement> column(CatalogItem before, CatalogItem after) {
        return column(before, after, null);
    }

    private @Nullable List<DdlStatement> column(
            CatalogItem before, CatalogItem after, @Nullable Retyping retyping) {
        var id = after.id();
        if (from.get(new ItemId(ObjectKind.VIEW, "", id.relation())) != null) {
            var set =
                    after.has(Attribute.DEFAULT)
                            ? "SET DEFAULT " + after.text(Attribute.DEFAULT)
                            : null;
            return List.of(
                    DdlStatement.of(
                            "ALTER VIEW "
                                    + id.relation()
                                    + " ALTER COLUMN "
                                    + id.name()
                                    + (set == null ? " DROP DEFAULT" : " " + set)));
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

    private @Nullable List<DdlStatement> constraint(CatalogItem before, CatalogItem after) {
        if (online.inUse(after.id().relation()) && KeySwap.fits(from, before, after)) {
            return new KeySwap(before, after).gently(online.spare());
        }
        return isValidated(before, after)
                ? List.of(
                        DdlStatement.afterwards(
                                "ALTER TABLE "
                                        + after.id().relation()
                                        + " VALIDATE CONSTRAINT "
                                        + after.id().name()))
                : null;
    }

    /** Whether a constraint is the one from before, and only holds for every row now. */
    static boolean isValidated(CatalogItem before, CatalogItem after) {
        return before.id().kind() == ObjectKind.CONSTRAINT
                && before.text(Attribute.DEFINITION)
                        .equals(after.text(Attribute.DEFINITION) + " NOT VALID");
    }

    private @Nullable List<DdlStatement> index(CatalogItem before, CatalogItem after) {
        if (!online.inUse(after.id().relation())) {
            return null;
        }
        if (differ(before, after, Attribute.DEFINITION) || after.has(Attribute.VALIDITY)) {
            return online.replaceIndex(after);
        }
        return List.of(DdlStatement.alone("REINDEX INDEX CONCURRENTLY " + after.id().name()));
    }

    private static @Nullable List<DdlStatement> routine(CatalogItem before, CatalogItem after) {
        if (differ(before, after, Attribute.RESULT) || differ(before, after, Attribute.ARGUMENTS)) {
            return null;
        }
        if (after.id().kind() == ObjectKind.AGGREGATE) {
            return null;
        }
        return List.of(DdlStatement.of(after.text(Attribute.DEFINITION).strip()));
    }

    private static @Nullable List<DdlStatement> view(CatalogItem before, CatalogItem after) {
        var word = after.id().kind().words().toUpperCase(java.util.Locale.ROOT);
        var statements = new ArrayList<DdlStatement>();
        if (differ(before, after, Attribute.DEFINITION)
                || differ(before, after, Attribute.COLUMNS)) {
            var longer =
                    (after.text(Attribute.COLUMNS) + ", ")
                            .startsWith(before.text(Attribute.COLUMNS) + ", ");
            if (after.id().kind() == ObjectKind.MATERIALIZED_VIEW || !longer) {
                return null;
            }
            var options =
                    after.has(Attribute.OPTIONS)
                            ? " WITH (" + after.text(Attribute.OPTIONS) + ")"
                            : "";
            statements.add(
                    DdlStatement.of(
                            "CREATE OR REPLACE VIEW "
                                    + after.id().name()
                                    + options
                                    + " AS\n"
                                    + after.text(Attribute.DEFINITION)
                                            .strip()
                                            .replaceAll(";$", "")));
            return statements;
        }
        for (var clause : OptionChanges.storage(before, after)) {
            statements.add(
                    DdlStatement.of("ALTER " + word + " " + after.id().name() + " " + clause));
        }
        return statements;
    }

    private static @Nullable List<DdlStatement> stated(CatalogItem before, CatalogItem after) {
        return differ(before, after, Attribute.DEFINITION)
                ? null
                : List.of(DdlStatement.of(CreateStatements.state(after)));
    }

    private static @Nullable List<DdlStatement> eventTrigger(
            CatalogItem before, CatalogItem after) {
        for (var fixed : List.of("event", "function", "tags")) {
            if (differ(before, after, fixed)) {
                return null;
            }
        }
        return List.of(DdlStatement.of(CreateStatements.state(after)));
    }

    private static @Nullable List<DdlStatement> policy(CatalogItem before, CatalogItem after) {
        var gone =
                (before.has(Attribute.USING) && !after.has(Attribute.USING))
                        || (before.has(Attribute.CHECK) && !after.has(Attribute.CHECK));
        if (gone
                || differ(before, after, Attribute.COMMAND)
                || differ(before, after, Attribute.MODE)) {
            return null;
        }
        return List.of(
                DdlStatement.of(
                        "ALTER POLICY "
                                + after.id().name()
                                + " ON "
                                + after.id().relation()
                                + " TO "
                                + after.text(Attribute.ROLES)
                                + (after.has(Attribute.USING)
                                        ? " USING (" + after.text(Attribute.USING) + ")"
                                        : "")
                                + (after.has(Attribute.CHECK)
                                        ? " WITH CHECK (" + after.text(Attribute.CHECK) + ")"
                                        : "")));
    }

    private static @Nullable List<DdlStatement> statistics(CatalogItem before, CatalogItem after) {
        return differ(before, after, Attribute.DEFINITION)
                ? null
                : List.of(
                        DdlStatement.of(
                                "ALTER STATISTICS "
                                        + after.id().name()
                                        + " SET STATISTICS "
                                        + (after.has(Attribute.TARGET)
                                                ? after.text(Attribute.TARGET)
                                                : "-1")));
    }

    private static boolean differ(CatalogItem before, CatalogItem after, String attribute) {
        return !Objects.equals(before.get(attribute), after.get(attribute));
    }
}
