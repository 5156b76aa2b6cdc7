// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl.text;

import dev.skein.engine.catalog.Attribute;
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
        return !Objects.equals(before.get(Attribute.TYPE), after.get(Attribute.TYPE))
                || !Objects.equals(before.get(Attribute.COLLATION), after.get(Attribute.COLLATION));
    }

    /**
     * The statements, or null where only a new column will do.
     *
     * @param retyping how it gets a type back that was made anew; null where its type was not
     */
    public static @Nullable List<DdlStatement> of(
            CatalogItem before, CatalogItem after, boolean foreign, @Nullable Retyping retyping) {
        var was = before.get(Attribute.GENERATED);
        var is = after.get(Attribute.GENERATED);
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
            List.of(
                    Attribute.STORAGE,
                    Attribute.COMPRESSION,
                    Attribute.STATISTICS,
                    Attribute.OPTIONS);

    private List<DdlStatement> all() {
        if (after.id().kind() == ObjectKind.ATTRIBUTE) {
            if (changesType(before, after)) {
                var alter = "ALTER TYPE " + after.id().relation() + " ALTER ATTRIBUTE ";
                typed(DdlStatement.of(alter + typed(false)));
            }
            return statements;
        }
        if (changed(Attribute.GENERATED)) {
            column("DROP EXPRESSION");
        }
        var type = changesType(before, after);
        if (before.has(Attribute.DEFAULT) && (type || !after.has(Attribute.DEFAULT))) {
            column("DROP DEFAULT");
        }
        if (before.has(Attribute.IDENTITY) && !after.has(Attribute.IDENTITY)) {
            column("DROP IDENTITY");
        }
        if (type) {
            typed(DdlStatement.of(table() + " ALTER COLUMN " + typed(true)));
        }
        if (after.has(Attribute.DEFAULT) && (type || changed(Attribute.DEFAULT))) {
            column("SET DEFAULT " + after.text(Attribute.DEFAULT));
        }
        if (changed(Attribute.NOT_NULL)) {
            column(after.has(Attribute.NOT_NULL) ? "SET NOT NULL" : "DROP NOT NULL");
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
        var values = new TypeChange(before.text(Attribute.TYPE), after.text(Attribute.TYPE));
        var lost =
                "what " + after.text(Attribute.TYPE) + " cannot hold of " + after.id().fullName();
        statements.add(values.loses() ? alter.losing(lost) : alter);
    }

    private String typed(boolean using) {
        var text = after.id().name() + " TYPE " + after.text(Attribute.TYPE);
        text += after.has(Attribute.COLLATION) ? " COLLATE " + after.text(Attribute.COLLATION) : "";
        if (!using) {
            return text + " CASCADE";
        }
        var told =
                new TypeChange(before.text(Attribute.TYPE), after.text(Attribute.TYPE))
                        .needsUsing();
        var through = retyping == null ? "::" : retyping.through();
        return foreign || !told
                ? text
                : text + " USING " + after.id().name() + through + after.text(Attribute.TYPE);
    }

    private void identity() {
        if (!after.has(Attribute.IDENTITY)) {
            return;
        }
        var options = after.text(Attribute.IDENTITY_OPTIONS);
        if (!before.has(Attribute.IDENTITY)) {
            var unusual = SequenceOptions.unusual(options, after.text(Attribute.TYPE));
            column(
                    "ADD GENERATED "
                            + after.text(Attribute.IDENTITY)
                            + " AS IDENTITY"
                            + (unusual.isEmpty() ? "" : " (" + unusual + ")"));
            if (!options.contains("INCREMENT BY -")) {
                add(goOn());
            }
            return;
        }
        if (changed(Attribute.IDENTITY)) {
            column("SET GENERATED " + after.text(Attribute.IDENTITY));
        }
        if (changed(Attribute.IDENTITY_OPTIONS)) {
            var set = new ArrayList<>(SequenceOptions.each(options));
            set.removeAll(SequenceOptions.each(before.text(Attribute.IDENTITY_OPTIONS)));
            column("SET " + String.join(" SET ", set));
        }
    }

    private void storage() {
        var typed = changesType(before, after);
        if (changed(Attribute.STORAGE) || (typed && after.has(Attribute.STORAGE))) {
            column(
                    "SET STORAGE "
                            + (after.has(Attribute.STORAGE)
                                    ? after.text(Attribute.STORAGE)
                                    : usual()));
        }
        if (changed(Attribute.COMPRESSION) || (typed && after.has(Attribute.COMPRESSION))) {
            column(
                    "SET COMPRESSION "
                            + (after.has(Attribute.COMPRESSION)
                                    ? after.text(Attribute.COMPRESSION)
                                    : "default"));
        }
        if (changed(Attribute.STATISTICS)) {
            column(
                    "SET STATISTICS "
                            + (after.has(Attribute.STATISTICS)
                                    ? after.text(Attribute.STATISTICS)
                                    : "-1"));
        }
        if (changed(Attribute.OPTIONS)) {
            OptionChanges.storage(before, after).forEach(this::column);
        }
        if (changed(Attribute.FOREIGN_OPTIONS)) {
            column(
                    OptionChanges.foreign(
                            before.text(Attribute.FOREIGN_OPTIONS),
                            after.text(Attribute.FOREIGN_OPTIONS)));
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
        return after.text(Attribute.TYPE).startsWith("numeric") ? "MAIN" : "EXTENDED";
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
