// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl.text;

import dev.skein.engine.catalog.CatalogItem;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.postgres.SqlLiterals;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** From one column (or attribute of a composite type) to another one of the same name. */
public final class ColumnChange {
    private final CatalogItem before;
    private final CatalogItem after;
    private final boolean foreign;
    private final @Nullable Retyping retyping;
    private final List<DdlStatement> statements = new ArrayList<>();

    private ColumnChange(
            CatalogItem before, CatalogItem after, boolean foreign, @Nullable Retyping retyping) {
        this.retyping = retyping;
        this.before = before;
        this.after = after;
        this.foreign = foreign;
    }

    /** Whether what uses the column has to make way for the change. */
    public static boolean changesType(CatalogItem before, CatalogItem after) {
        return !Objects.equals(before.get("type"), after.get("type"))
                || !Objects.equals(before.get("collation"), after.get("collation"));
    }

    /**
     * The statements, or null where only a new column will do.
     *
     * @param retyping how it gets a type back that was made anew; null where its type was not
     */
    public static @Nullable List<DdlStatement> of(
            CatalogItem before, CatalogItem after, boolean foreign, @Nullable Retyping retyping) {
        var was = before.get("generated");
        var is = after.get("generated");
        if (!Objects.equals(was, is) && !(is == null && was != null && was.endsWith("STORED"))) {
            return null;
        }
        return new ColumnChange(before, after, foreign, retyping).all();
    }

    /** What CREATE TABLE and ADD COLUMN cannot say of a new column. */
    public static List<DdlStatement> rest(CatalogItem column) {
        if (column.id().kind() != ObjectKind.COLUMN) {
            return List.of();
        }
        var bare =
                new CatalogItem(
                        column.id(),
                        column.attributes().entrySet().stream()
                                .filter(e -> !REST.contains(e.getKey()))
                                .collect(
                                        java.util.stream.Collectors.toMap(
                                                java.util.Map.Entry::getKey,
                                                java.util.Map.Entry::getValue)));
        var change = new ColumnChange(bare, column, false, null);
        change.storage();
        return change.statements;
    }

    private static final List<String> REST =
            List.of("storage", "compression", "statistics", "options");

    private List<DdlStatement> all() {
        if (after.id().kind() == ObjectKind.ATTRIBUTE) {
            if (changesType(before, after)) {
                var alter = "ALTER TYPE " + after.id().relation() + " ALTER ATTRIBUTE ";
                typed(DdlStatement.of(alter + typed(false)));
            }
            return statements;
        }
        if (changed("generated")) {
            column("DROP EXPRESSION");
        }
        var type = changesType(before, after);
        if (before.has("default") && (type || !after.has("default"))) {
            column("DROP DEFAULT");
        }
        if (before.has("identity") && !after.has("identity")) {
            column("DROP IDENTITY");
        }
        if (type) {
            typed(DdlStatement.of(table() + " ALTER COLUMN " + typed(true)));
        }
        if (after.has("default") && (type || changed("default"))) {
            column("SET DEFAULT " + after.text("default"));
        }
        if (changed("not null")) {
            column(after.has("not null") ? "SET NOT NULL" : "DROP NOT NULL");
        }
        identity();
        storage();
        return statements;
    }

    private void typed(DdlStatement alter) {
        if (retyping != null) {
            var loss = retyping.loss();
            statements.add(loss == null ? alter : alter.losing(loss));
            return;
        }
        var values = new TypeChange(before.text("type"), after.text("type"));
        var lost = "what " + after.text("type") + " cannot hold of " + after.id().fullName();
        statements.add(values.loses() ? alter.losing(lost) : alter);
    }

    private String typed(boolean using) {
        var text = after.id().name() + " TYPE " + after.text("type");
        text += after.has("collation") ? " COLLATE " + after.text("collation") : "";
        if (!using) {
            return text + " CASCADE";
        }
        var told = new TypeChange(before.text("type"), after.text("type")).needsUsing();
        var through = retyping == null ? "::" : retyping.through();
        return foreign || !told
                ? text
                : text + " USING " + after.id().name() + through + after.text("type");
    }

    private void identity() {
        if (!after.has("identity")) {
            return;
        }
        var options = after.text("identity options");
        if (!before.has("identity")) {
            var unusual = SequenceOptions.unusual(options, after.text("type"));
            column(
                    "ADD GENERATED "
                            + after.text("identity")
                            + " AS IDENTITY"
                            + (unusual.isEmpty() ? "" : " (" + unusual + ")"));
            if (!options.contains("INCREMENT BY -")) {
                add(goOn());
            }
            return;
        }
        if (changed("identity")) {
            column("SET GENERATED " + after.text("identity"));
        }
        if (changed("identity options")) {
            var set = new ArrayList<>(SequenceOptions.each(options));
            set.removeAll(SequenceOptions.each(before.text("identity options")));
            column("SET " + String.join(" SET ", set));
        }
    }

    private void storage() {
        var typed = changesType(before, after);
        if (changed("storage") || (typed && after.has("storage"))) {
            column("SET STORAGE " + (after.has("storage") ? after.text("storage") : usual()));
        }
        if (changed("compression") || (typed && after.has("compression"))) {
            column(
                    "SET COMPRESSION "
                            + (after.has("compression") ? after.text("compression") : "default"));
        }
        if (changed("statistics")) {
            column("SET STATISTICS " + (after.has("statistics") ? after.text("statistics") : "-1"));
        }
        if (changed("options")) {
            OptionChanges.storage(before, after).forEach(this::column);
        }
        if (changed("foreign options")) {
            column(
                    OptionChanges.foreign(
                            before.text("foreign options"), after.text("foreign options")));
        }
    }

    /** Numbers go on behind those that the rows have. */
    private String goOn() {
        var name = after.id().name();
        var bare =
                name.startsWith("\"")
                        ? name.substring(1, name.length() - 1).replace("\"\"", "\"")
                        : name;
        return "SELECT setval(pg_get_serial_sequence("
                + SqlLiterals.text(after.id().relation())
                + ", "
                + SqlLiterals.text(bare)
                + "), max("
                + name
                + ")) FROM "
                + after.id().relation()
                + " HAVING max("
                + name
                + ") > 0";
    }

    /** The type's own storage: servers before 16 do not know the word DEFAULT for it. */
    private String usual() {
        return after.text("type").startsWith("numeric") ? "MAIN" : "EXTENDED";
    }

    private boolean changed(String attribute) {
        return !Objects.equals(before.get(attribute), after.get(attribute));
    }

    private String table() {
        return "ALTER " + (foreign ? "FOREIGN " : "") + "TABLE " + after.id().relation();
    }

    private void column(String what) {
        add(table() + " ALTER COLUMN " + after.id().name() + " " + what);
    }

    private void add(String sql) {
        statements.add(DdlStatement.of(sql));
    }
}
