// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl;

import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.CatalogItem;
import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.catalog.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The statements that change an object in place. */
final class Alter {
    private static final Set<String> ASIDE = Set.of(Kind.COMMENT, Kind.GRANTS);

    private final Catalog from;
    private final Online online;

    Alter(Catalog from, Online online) {
        this.from = from;
        this.online = online;
    }

    /** The statements, or null where it has to be dropped and made anew. */
    @Nullable List<Statement> of(CatalogItem before, CatalogItem after) {
        var own = own(before, after);
        if (own == null) {
            return null;
        }
        var statements = new ArrayList<>(own);
        statements.addAll(Comments.change(before, after));
        statements.addAll(Privileges.change(before, after));
        return statements;
    }

    /** What gives a column its type back that was made anew, and makes the rest as it is to be. */
    List<Statement> retyped(Retyping retyping, CatalogItem after) {
        var before = Changes.known(from, after.id());
        var statements = column(retyping.before(), after, retyping);
        var all = new ArrayList<>(Objects.requireNonNull(statements, "a change of its type"));
        all.addAll(Comments.change(before, after));
        all.addAll(Privileges.change(before, after));
        return all;
    }

    /** What makes a partition or an inherited column as it is to be: like its parent's, or not. */
    List<Statement> deviation(ItemId id) {
        var bare = new CatalogItem(id, Map.of());
        var was = orElse(from, id, bare);
        var is = orElse(online.to(), id, bare);
        var statements = new ArrayList<Statement>();
        if (id.kind() == Kind.PARTITION) {
            statements.addAll(Objects.requireNonNullElse(TableChange.of(was, is), List.of()));
            statements.addAll(TableChange.identity(was, is));
        } else {
            var after = Inherited.whole(online.to(), id.relation(), id.name());
            var before = after == null ? null : Inherited.before(from, online.to(), id, after);
            statements.addAll(
                    before == null || after == null
                            ? List.of()
                            : Objects.requireNonNullElse(column(before, after), List.of()));
        }
        statements.addAll(Comments.change(was, is));
        statements.addAll(Privileges.change(was, is));
        return statements;
    }

    /** An item; for an inherited column that is the table's own in one catalog, that one. */
    private static CatalogItem orElse(Catalog catalog, ItemId id, CatalogItem bare) {
        var item = catalog.get(id);
        var own = catalog.get(new ItemId(Kind.COLUMN, id.relation(), id.name()));
        return item != null ? item : own != null ? own : bare;
    }

    private @Nullable List<Statement> own(CatalogItem before, CatalogItem after) {
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
            case SEQUENCE_OWNER -> new Create(online.to(), online).of(after);
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
            case PUBLICATION -> Publications.change(before, after);
            case FOREIGN_DATA_WRAPPER, SERVER, FOREIGN_TABLE -> Foreign.change(before, after);
            default -> null;
        };
    }

    private static List<Statement> extension(CatalogItem before, CatalogItem after) {
        var alter = "ALTER EXTENSION " + after.id().name();
        var statements = new ArrayList<Statement>();
        if (differ(before, after, "schema")) {
            statements.add(Statement.of(alter + " SET SCHEMA " + after.text("schema")));
        }
        if (differ(before, after, "version")) {
            var version = dev.skein.engine.postgres.Sql.text(after.text("version"));
            statements.add(Statement.of(alter + " UPDATE TO " + version));
        }
        return statements;
    }

    private static @Nullable List<Statement> domain(CatalogItem before, CatalogItem after) {
        if (differ(before, after, "type") || differ(before, after, "collation")) {
            return null;
        }
        var alter = "ALTER DOMAIN " + after.id().name();
        var statements = new ArrayList<Statement>();
        if (differ(before, after, "default")) {
            var set = after.has("default") ? " SET DEFAULT " + after.text("default") : null;
            statements.add(Statement.of(alter + (set == null ? " DROP DEFAULT" : set)));
        }
        if (differ(before, after, "not null")) {
            statements.add(
                    Statement.of(alter + (after.has("not null") ? " SET" : " DROP") + " NOT NULL"));
        }
        return statements;
    }

    private static List<Statement> sequence(CatalogItem before, CatalogItem after) {
        var alter = "ALTER SEQUENCE " + after.id().name();
        var statements = new ArrayList<Statement>();
        var words = new ArrayList<String>();
        if (differ(before, after, "type")) {
            words.add("AS " + after.text("type"));
        }
        if (differ(before, after, "options") || differ(before, after, "type")) {
            words.addAll(Sequences.each(after.text("options")));
        }
        if (!words.isEmpty()) {
            statements.add(Statement.of(alter + " " + String.join(" ", words)));
        }
        if (differ(before, after, "persistence")) {
            var unlogged = "u".equals(after.get("persistence"));
            statements.add(Statement.of(alter + (unlogged ? " SET UNLOGGED" : " SET LOGGED")));
        }
        return statements;
    }

    private @Nullable List<Statement> column(CatalogItem before, CatalogItem after) {
        return column(before, after, null);
    }

    private @Nullable List<Statement> column(
            CatalogItem before, CatalogItem after, @Nullable Retyping retyping) {
        var id = after.id();
        if (from.get(new ItemId(Kind.VIEW, "", id.relation())) != null) {
            var set = after.has("default") ? "SET DEFAULT " + after.text("default") : null;
            return List.of(
                    Statement.of(
                            "ALTER VIEW "
                                    + id.relation()
                                    + " ALTER COLUMN "
                                    + id.name()
                                    + (set == null ? " DROP DEFAULT" : " " + set)));
        }
        var foreign = from.get(new ItemId(Kind.FOREIGN_TABLE, "", id.relation())) != null;
        var statements = ColumnChange.of(before, after, foreign, retyping);
        if (statements == null) {
            return null;
        }
        var all = new ArrayList<Statement>();
        for (var statement : statements) {
            if (statement.sql().endsWith(" SET NOT NULL")) {
                all.addAll(online.notNull(id));
            } else {
                all.add(statement);
            }
        }
        return all;
    }

    private @Nullable List<Statement> constraint(CatalogItem before, CatalogItem after) {
        if (online.inUse(after.id().relation()) && KeySwap.fits(from, before, after)) {
            return new KeySwap(before, after).gently(online.spare());
        }
        return isValidated(before, after)
                ? List.of(
                        Statement.afterwards(
                                "ALTER TABLE "
                                        + after.id().relation()
                                        + " VALIDATE CONSTRAINT "
                                        + after.id().name()))
                : null;
    }

    /** Whether a constraint is the one from before, and only holds for every row now. */
    static boolean isValidated(CatalogItem before, CatalogItem after) {
        return before.id().kind() == Kind.CONSTRAINT
                && before.text("definition").equals(after.text("definition") + " NOT VALID");
    }

    private @Nullable List<Statement> index(CatalogItem before, CatalogItem after) {
        if (!online.inUse(after.id().relation())) {
            return null;
        }
        if (differ(before, after, "definition") || after.has("validity")) {
            return online.replaceIndex(after);
        }
        return List.of(Statement.alone("REINDEX INDEX CONCURRENTLY " + after.id().name()));
    }

    private static @Nullable List<Statement> routine(CatalogItem before, CatalogItem after) {
        if (differ(before, after, "result") || differ(before, after, "arguments")) {
            return null;
        }
        if (after.id().kind() == Kind.AGGREGATE) {
            return null;
        }
        return List.of(Statement.of(after.text("definition").strip()));
    }

    private static @Nullable List<Statement> view(CatalogItem before, CatalogItem after) {
        var word = after.id().kind().words().toUpperCase(java.util.Locale.ROOT);
        var statements = new ArrayList<Statement>();
        if (differ(before, after, "definition") || differ(before, after, "columns")) {
            var longer = (after.text("columns") + ", ").startsWith(before.text("columns") + ", ");
            if (after.id().kind() == Kind.MATERIALIZED_VIEW || !longer) {
                return null;
            }
            var options = after.has("options") ? " WITH (" + after.text("options") + ")" : "";
            statements.add(
                    Statement.of(
                            "CREATE OR REPLACE VIEW "
                                    + after.id().name()
                                    + options
                                    + " AS\n"
                                    + after.text("definition").strip().replaceAll(";$", "")));
            return statements;
        }
        for (var clause : Options.storage(before, after)) {
            statements.add(Statement.of("ALTER " + word + " " + after.id().name() + " " + clause));
        }
        return statements;
    }

    private static @Nullable List<Statement> stated(CatalogItem before, CatalogItem after) {
        return differ(before, after, "definition")
                ? null
                : List.of(Statement.of(Create.state(after)));
    }

    private static @Nullable List<Statement> eventTrigger(CatalogItem before, CatalogItem after) {
        for (var fixed : List.of("event", "function", "tags")) {
            if (differ(before, after, fixed)) {
                return null;
            }
        }
        return List.of(Statement.of(Create.state(after)));
    }

    private static @Nullable List<Statement> policy(CatalogItem before, CatalogItem after) {
        var gone =
                (before.has("using") && !after.has("using"))
                        || (before.has("check") && !after.has("check"));
        if (gone || differ(before, after, "command") || differ(before, after, "mode")) {
            return null;
        }
        return List.of(
                Statement.of(
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

    private static @Nullable List<Statement> statistics(CatalogItem before, CatalogItem after) {
        return differ(before, after, "definition")
                ? null
                : List.of(
                        Statement.of(
                                "ALTER STATISTICS "
                                        + after.id().name()
                                        + " SET STATISTICS "
                                        + (after.has("target") ? after.text("target") : "-1")));
    }

    private static boolean differ(CatalogItem before, CatalogItem after, String attribute) {
        return !Objects.equals(before.get(attribute), after.get(attribute));
    }
}
