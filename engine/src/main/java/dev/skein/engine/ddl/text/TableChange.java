// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl.text;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.CatalogItem;
import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.catalog.ObjectKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is set on a whole table. */
public final class TableChange {
    private final CatalogItem before;
    private final CatalogItem after;
    private final List<DdlStatement> statements = new ArrayList<>();

    private TableChange(CatalogItem before, CatalogItem after) {
        this.before = before;
        this.after = after;
    }

    /** The statements, or null where only a new table will do. */
    public static @Nullable List<DdlStatement> of(CatalogItem before, CatalogItem after) {
        if (!Objects.equals(
                before.get(Attribute.PARTITION_KEY), after.get(Attribute.PARTITION_KEY))) {
            return null;
        }
        var change = new TableChange(before, after);
        if (change.changed("persistence")) {
            change.alter(
                    "u".equals(after.get(Attribute.PERSISTENCE)) ? "SET UNLOGGED" : "SET LOGGED");
        }
        if (change.changed(Attribute.OPTIONS)) {
            OptionChanges.storage(before, after).forEach(change::alter);
        }
        change.security();
        return change.statements;
    }

    /** What CREATE TABLE cannot say. */
    public static List<DdlStatement> settings(CatalogItem table) {
        var change = new TableChange(new CatalogItem(table.id(), Map.of()), table);
        change.security();
        return change.statements;
    }

    private void security() {
        if (changed(Attribute.ROW_SECURITY)) {
            alter(
                    (after.has(Attribute.ROW_SECURITY) ? "ENABLE" : "DISABLE")
                            + " ROW LEVEL SECURITY");
        }
        if (changed(Attribute.ROW_SECURITY_OF_THE_OWNER)) {
            alter(
                    (after.has(Attribute.ROW_SECURITY_OF_THE_OWNER) ? "FORCE" : "NO FORCE")
                            + " ROW LEVEL SECURITY");
        }
    }

    /** The last word of a change, when the index that it may name is there. */
    public static List<DdlStatement> identity(@Nullable CatalogItem before, CatalogItem after) {
        var was = before == null ? null : before.get(Attribute.REPLICA_IDENTITY);
        var is = after.get(Attribute.REPLICA_IDENTITY);
        if (Objects.equals(was, is)) {
            return List.of();
        }
        var word =
                is == null
                        ? "DEFAULT"
                        : is.startsWith("index ")
                                ? "USING INDEX " + is.substring("index ".length())
                                : is.toUpperCase(java.util.Locale.ROOT);
        return List.of(
                DdlStatement.of("ALTER TABLE " + after.id().name() + " REPLICA IDENTITY " + word));
    }

    /** What makes a table one of its own. */
    public static List<DdlStatement> leave(CatalogItem table, List<String> parents) {
        var name = table.id().name();
        var partition = table.has(Attribute.PARTITION_BOUND);
        return parents.stream()
                .map(parent ->
                        partition
                                ? DdlStatement.of(
                                                "ALTER TABLE "
                                                        + parent
                                                        + " DETACH PARTITION "
                                                        + name)
                                        .blocking("nobody can use " + parent)
                                : DdlStatement.of("ALTER TABLE " + name + " NO INHERIT " + parent))
                .toList();
    }

    /** What makes it a partition, or a child. */
    public static List<DdlStatement> join(CatalogItem table, List<String> parents) {
        var name = table.id().name();
        var attach = " ATTACH PARTITION " + name + " " + table.text(Attribute.PARTITION_BOUND);
        var partition = table.has(Attribute.PARTITION_BOUND);
        return parents.stream()
                .map(parent ->
                        partition
                                ? DdlStatement.of("ALTER TABLE " + parent + attach)
                                        .blocking(
                                                "nobody can use "
                                                        + name
                                                        + ", every row of which is read")
                                : DdlStatement.of("ALTER TABLE " + name + " INHERIT " + parent))
                .toList();
    }

    public static List<String> parents(Catalog catalog, String table) {
        var item = catalog.get(new ItemId(ObjectKind.TABLE, "", table));
        return item == null ? List.of() : parents(item);
    }

    public static List<String> parents(CatalogItem table) {
        return table.has(Attribute.PARENTS)
                ? Arrays.asList(table.text(Attribute.PARENTS).split(", "))
                : List.of();
    }

    private boolean changed(String attribute) {
        return before.differs(after, attribute);
    }

    private void alter(String what) {
        add("ALTER TABLE " + after.id().name() + " " + what);
    }

    private void add(String sql) {
        statements.add(DdlStatement.of(sql));
    }
}
