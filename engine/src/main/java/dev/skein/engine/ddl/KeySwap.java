// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.CatalogItem;
import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.ddl.text.CommentStatements;
import dev.skein.engine.ddl.text.DdlStatement;
import dev.skein.engine.ddl.text.DdlWords;
import dev.skein.engine.ddl.text.SpareNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A key, or a unique index, that becomes another one under the same name. The new index is built
 * while the old one still vouches; one takes the other's place at one moment.
 */
final class KeySwap {
    private static final Pattern KEY =
            Pattern.compile(
                    "(PRIMARY KEY|UNIQUE)( NULLS NOT DISTINCT)? (\\([^()]*\\)(?: INCLUDE"
                            + " \\([^()]*\\))?)( DEFERRABLE.*)?");

    private final CatalogItem before;
    private final CatalogItem after;
    private final String table;

    KeySwap(CatalogItem before, CatalogItem after) {
        this.before = before;
        this.after = after;
        this.table = "ALTER TABLE " + after.id().relation();
    }

    /** What a constraint says if it is a key that an index built before can be made. */
    static Matcher key(CatalogItem constraint) {
        return KEY.matcher(constraint.text(Attribute.DEFINITION));
    }

    /** The index of such a key. */
    static DdlStatement build(CatalogItem constraint, String name) {
        var key = key(constraint);
        if (!key.matches()) {
            throw new IllegalArgumentException("no key: " + constraint.id());
        }
        return DdlStatement.alone(
                "CREATE UNIQUE INDEX CONCURRENTLY "
                        + name
                        + " ON "
                        + constraint.id().relation()
                        + " "
                        + key.group(3)
                        + (key.group(2) == null ? "" : key.group(2)));
    }

    /** The key that such an index becomes. */
    static String using(CatalogItem constraint, String index) {
        var key = key(constraint);
        return key.matches()
                ? key.group(1)
                        + " USING INDEX "
                        + index
                        + (key.group(4) == null ? "" : key.group(4))
                : "";
    }

    /** Whether one can take the other's place: nothing else holds on to the old one. */
    static boolean fits(Catalog from, CatalogItem before, CatalogItem after) {
        var keys =
                isKey(before)
                        && isKey(after)
                        && before.id().relation().equals(after.id().relation())
                        && bare(before).equals(bare(after));
        var table = from.get(new ItemId(ObjectKind.TABLE, "", before.id().relation()));
        var identity = table != null && table.text(Attribute.REPLICA_IDENTITY).startsWith("index ");
        var periods =
                before.text(Attribute.DEFINITION).contains("WITHOUT OVERLAPS")
                        || after.text(Attribute.DEFINITION).contains("WITHOUT OVERLAPS");
        return keys
                && !identity
                && !periods
                && from.items().keySet().stream()
                        .noneMatch(id -> from.needs(id).contains(before.id()));
    }

    private static boolean isKey(CatalogItem item) {
        return item.id().kind() == ObjectKind.INDEX
                ? item.text(Attribute.DEFINITION).startsWith("CREATE UNIQUE INDEX ")
                : key(item).matches();
    }

    private static String bare(CatalogItem item) {
        return DdlWords.bare(item.id().name());
    }

    /** The statements, for a table that is in use. */
    List<DdlStatement> gently(SpareNames spare) {
        var name = bare(after);
        var build = spare.beside(name, "new");
        var key = after.id().kind() == ObjectKind.CONSTRAINT;
        var all = new ArrayList<>(key ? becomesKey(name, build) : becomesIndex(name, build));
        all.addAll(CommentStatements.change(new CatalogItem(after.id(), Map.of()), after));
        return all;
    }

    private List<DdlStatement> becomesKey(String name, String build) {
        if (before.id().kind() == ObjectKind.CONSTRAINT) {
            var swap = table + " DROP CONSTRAINT " + name + ", " + add(name, build);
            return List.of(build(after, build), DdlStatement.afterwards(swap));
        }
        return List.of(
                build(after, build),
                DdlStatement.afterwards("DROP INDEX " + before.id().name())
                        .blocking("nobody can use " + before.id().relation()),
                DdlStatement.of(table + " " + add(name, build)));
    }

    private List<DdlStatement> becomesIndex(String name, String build) {
        var schema = DdlWords.schema(after.id().name());
        return List.of(
                IndexForms.concurrently(after, build),
                DdlStatement.afterwards(table + " DROP CONSTRAINT " + name),
                DdlStatement.of("ALTER INDEX " + schema + build + " RENAME TO " + name));
    }

    private String add(String name, String index) {
        return "ADD CONSTRAINT " + name + " " + using(after, index);
    }

    /** Keys that become indexes of their name, or the other way round: new ones to old ones. */
    static Map<ItemId, ItemId> converted(
            Catalog from, Catalog to, Iterable<ItemId> drop, Iterable<ItemId> create) {
        var pairs = new TreeMap<ItemId, ItemId>();
        for (var old : drop) {
            for (var fresh : create) {
                var was = from.get(old);
                var is = to.get(fresh);
                if (old.kind() != fresh.kind()
                        && was != null
                        && is != null
                        && fits(from, was, is)) {
                    pairs.put(fresh, old);
                }
            }
        }
        return pairs;
    }
}
