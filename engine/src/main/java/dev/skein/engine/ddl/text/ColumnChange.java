// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl.text;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.CatalogItem;
import dev.skein.engine.catalog.ObjectKind;
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
        return before.differs(after, Attribute.TYPE) || before.differs(after, Attribute.COLLATION);
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
        return new ColumnChange(before, after, foreign, retyping).statements();
    }

    /** What CREATE TABLE and ADD COLUMN cannot say of a new column. */
    public static List<DdlStatement> rest(CatalogItem column) {
        if (column.id().kind() != ObjectKind.COLUMN) {
            return List.of();
        }
        var change = new ColumnChange(column, column, false, null);
        ColumnStorage.rest(column).forEach(change::alter);
        return change.statements;
    }

    private List<DdlStatement> statements() {
        if (after.id().kind() == ObjectKind.ATTRIBUTE) {
            changeAttribute();
        } else {
            changeColumn();
        }
        return statements;
    }

    private void changeAttribute() {
        if (changesType(before, after)) {
            var alter = "ALTER TYPE " + after.id().relation() + " ALTER ATTRIBUTE ";
            typed(DdlStatement.of(alter + typed(false)));
        }
    }

    private void changeColumn() {
        if (changed(Attribute.GENERATED)) {
            alter("DROP EXPRESSION");
        }
        var type = changesType(before, after);
        drop(type);
        if (type) {
            typed(DdlStatement.of(table() + " ALTER COLUMN " + typed(true)));
        }
        set(type);
        ColumnIdentity.change(before, after, alterColumn()).forEach(this::add);
        ColumnStorage.change(before, after).forEach(this::alter);
    }

    /** What goes, or cannot stay while the type changes. */
    private void drop(boolean type) {
        if (before.has(Attribute.DEFAULT) && (type || !after.has(Attribute.DEFAULT))) {
            alter("DROP DEFAULT");
        }
        if (before.has(Attribute.IDENTITY) && !after.has(Attribute.IDENTITY)) {
            alter("DROP IDENTITY");
        }
    }

    private void set(boolean type) {
        if (after.has(Attribute.DEFAULT) && (type || changed(Attribute.DEFAULT))) {
            alter("SET DEFAULT " + after.text(Attribute.DEFAULT));
        }
        if (changed(Attribute.NOT_NULL)) {
            alter(after.has(Attribute.NOT_NULL) ? "SET NOT NULL" : "DROP NOT NULL");
        }
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

    private boolean changed(String attribute) {
        return before.differs(after, attribute);
    }

    private String table() {
        return "ALTER " + (foreign ? "FOREIGN " : "") + "TABLE " + after.id().relation();
    }

    private String alterColumn() {
        return table() + " ALTER COLUMN " + after.id().name() + " ";
    }

    private void alter(String what) {
        add(alterColumn() + what);
    }

    private void add(String sql) {
        statements.add(DdlStatement.of(sql));
    }
}
