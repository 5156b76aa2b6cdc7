// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl;

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
        if (differ(before, after, "schema")) {
            statements.add(DdlStatement.of(alter + " SET SCHEMA " + after.text("schema")));
        }
        if (differ(before, after, "version")) {
            var version = dev.skein.engine.postgres.SqlLiterals.text(after.text("version"));
            statements.add(DdlStatement.of(alter + " UPDATE TO " + version));
        }
        return statements;
    }

    private static @Nullable List<DdlStatement> domain(CatalogItem before, CatalogItem after) {
        if (differ(before, after, "type") || differ(before, after, "collation")) {
            return null;
        }
        var alter = "ALTER DOMAIN " + after.id().name();
        var statements = new ArrayList<DdlStatement>();
        if (differ(before, after, "default")) {
            var set = after.has("default") ? " SET DEFAULT " + after.text("default") : null;
            statements.add(DdlStatement.of(alter + (set == null ? " DROP DEFAULT" : set)));
        }
        if (differ(before, after, "not null")) {
            statements.add(
                    DdlStatement.of(
                            alter + (after.has("not null") ? " SET" : " DROP") + " NOT NULL"));
        }
        return statements;
    }

    private static List<DdlStatement> sequence(CatalogItem before, CatalogItem after) {
        var alter = "ALTER SEQUENCE " + after.id().name();
        var statements = new ArrayList<DdlStatement>();
        var words = new ArrayList<String>();
        if (differ(before, after, "type")) {
            words.add("AS " + after.text("type"));
        }
        if (differ(before, after, "options") || differ(before, after, "type")) {
            words.addAll(SequenceOptions.each(after.text("options")));
        }
        if (!words.isEmpty()) {
            statements.add(DdlStatement.of(alter + " " + String.join(" ", words)));
        }
        if (differ(before, after, "persistence")) {
            var unlogged = "u".equals(after.get("persistence"));
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
            var set = after.has("default") ? "SET DEFAULT " + after.text("default") : null;
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
                && before.text("definition").equals(after.text("definition") + " NOT VALID");
    }

    private @Nullable List<DdlStatement> index(CatalogItem before, CatalogItem after) {
        if (!online.inUse(after.id().relation())) {
            return null;
        }
        if (differ(before, after, "definition") || after.has("validity")) {
            return online.replaceIndex(after);
        }
        return List.of(DdlStatement.alone("REINDEX INDEX CONCURRENTLY " + after.id().name()));
    }

    private static @Nullable List<DdlStatement> routine(CatalogItem before, CatalogItem after) {
        if (differ(before, after, "result") || differ(before, after, "arguments")) {
            return null;
        }
        if (after.id().kind() == ObjectKind.AGGREGATE) {
            return null;
        }
        return List.of(DdlStatement.of(after.text("definition").strip()));
    }

    private static @Nullable List<DdlStatement> view(CatalogItem before, CatalogItem after) {
        var word = after.id().kind().words().toUpperCase(java.util.Locale.ROOT);
        var statements = new ArrayList<DdlStatement>();
        if (differ(before, after, "definition") || differ(before, after, "columns")) {
            var longer = (after.text("columns") + ", ").startsWith(before.text("columns") + ", ");
            if (after.id().kind() == ObjectKind.MATERIALIZED_VIEW || !longer) {
                return null;
            }
            var options = after.has("options") ? " WITH (" + after.text("options") + ")" : "";
            statements.add(
                    DdlStatement.of(
                            "CREATE OR REPLACE VIEW "
                                    + after.id().name()
                                    + options
                                    + " AS\n"
                                    + after.text("definition").strip().replaceAll(";$", "")));
            return statements;
        }
        for (var clause : OptionChanges.storage(before, after)) {
            statements.add(
                    DdlStatement.of("ALTER " + word + " " + after.id().name() + " " + clause));
        }
        return statements;
    }

    private static @Nullable List<DdlStatement> stated(CatalogItem before, CatalogItem after) {
        return differ(before, after, "definition")
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
                (before.has("using") && !after.has("using"))
                        || (before.has("check") && !after.has("check"));
        if (gone || differ(before, after, "command") || differ(before, after, "mode")) {
            return null;
        }
        return List.of(
                DdlStatement.of(
                        "ALTER POLICY "
                                + after.id().name()
                                + " ON "
                                + after.id().relation()
                                + " TO "
                                + after.text("roles")
                                + (after.has("using") ? " USING (" + after.text("using") + ")" : "")
                                + (after.has("check")
                                        ? " WITH CHECK (" + after.text("check") + ")"
                                        : "")));
    }

    private static @Nullable List<DdlStatement> statistics(CatalogItem before, CatalogItem after) {
        return differ(before, after, "definition")
                ? null
                : List.of(
                        DdlStatement.of(
                                "ALTER STATISTICS "
                                        + after.id().name()
                                        + " SET STATISTICS "
                                        + (after.has("target") ? after.text("target") : "-1")));
    }

    private static boolean differ(CatalogItem before, CatalogItem after, String attribute) {
        return !Objects.equals(before.get(attribute), after.get(attribute));
    }
}
