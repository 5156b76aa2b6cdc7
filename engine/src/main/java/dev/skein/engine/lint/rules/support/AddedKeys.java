// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.support;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.CatalogItem;
import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.lint.StatementEffect;
import java.util.List;
import java.util.regex.Pattern;

/** Constraints that a statement added to tables in use. */
public final class AddedKeys {
    private static final Pattern COLUMNS = Pattern.compile("^FOREIGN KEY \\(([^)]*)\\)");
    private static final Pattern REFERENCED = Pattern.compile(" REFERENCES (.*?)\\(");

    private AddedKeys() {}

    /** Those whose definition begins with a word. */
    public static List<ItemId> added(StatementEffect effect, String word) {
        return effect.made(ObjectKind.CONSTRAINT).stream()
                .filter(c -> c.text(Attribute.DEFINITION).startsWith(word))
                .map(CatalogItem::id)
                .filter(id -> effect.isInUse(id.relation()))
                .toList();
    }

    /** Whether a table is partitioned. */
    public static boolean isPartitioned(StatementEffect effect, String table) {
        return effect.known(ObjectKind.TABLE, table).has(Attribute.PARTITION_KEY);
    }

    /** How a key comes to a table that is in use. */
    public static String gently(StatementEffect effect, ItemId key, String kind) {
        var index = "CREATE UNIQUE INDEX CONCURRENTLY, then ADD CONSTRAINT … " + kind;
        return isPartitioned(effect, key.relation())
                ? "On each partition: "
                        + index
                        + " USING INDEX; then ADD CONSTRAINT … "
                        + kind
                        + " on the table, which takes them in"
                : index + " USING INDEX";
    }

    /** Those for which an index was built; not those that took one over. */
    public static List<ItemId> built(StatementEffect effect, String word) {
        var built = effect.tables().builtIndexes();
        return added(effect, word).stream()
                .filter(key ->
                        isPartitioned(effect, key.relation())
                                ? !built.isEmpty()
                                : built.stream().anyMatch(i -> i.endsWith("." + key.name())))
                .toList();
    }

    /**
     * Whether the rows that are there pass a foreign key without being looked at: it came with a
     * column without a default, which the server knows to be NULL everywhere.
     */
    public static boolean isUnchecked(StatementEffect effect, ItemId key) {
        return isOfNullsOnly(effect, key)
                && !StatementWords.in(effect, "FOREIGN", "KEY")
                && effect.made(ObjectKind.COLUMN).stream()
                        .filter(column -> column.id().relation().equals(key.relation()))
                        .noneMatch(AddedKeys::isFilled);
    }

    /**
     * Whether a foreign key has a column that is NULL in every row that is there: it cannot fail.
     */
    public static boolean isOfNullsOnly(StatementEffect effect, ItemId key) {
        var columns = COLUMNS.matcher(definition(effect, key));
        if (!columns.find() || definition(effect, key).contains(" MATCH FULL")) {
            return false;
        }
        var names = List.of(columns.group(1).split(", "));
        return effect.made(ObjectKind.COLUMN).stream()
                .filter(column -> column.id().relation().equals(key.relation()))
                .anyMatch(column -> names.contains(column.id().name()) && !isFilled(column));
    }

    private static boolean isFilled(CatalogItem column) {
        return column.has(Attribute.DEFAULT)
                || column.has(Attribute.IDENTITY)
                || column.has(Attribute.GENERATED);
    }

    /** The table that a foreign key refers to, as its definition names it. */
    public static String referenced(String definition) {
        var matcher = REFERENCED.matcher(definition);
        return matcher.find() ? matcher.group(1) : "the table it refers to";
    }

    public static String definition(StatementEffect effect, ItemId id) {
        return effect.made(ObjectKind.CONSTRAINT).stream()
                .filter(c -> c.id().equals(id))
                .map(c -> c.text(Attribute.DEFINITION))
                .findFirst()
                .orElse("");
    }
}
