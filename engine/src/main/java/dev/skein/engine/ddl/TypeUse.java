// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.CatalogItem;
import dev.skein.engine.catalog.CatalogLookup;
import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.ddl.text.ColumnChange;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which columns hold values of a type (or of a table's rows, or in a collation), by themselves or
 * inside of arrays, ranges and other types. The server changes no type in place that a column
 * holds, or holds inside another one.
 */
final class TypeUse {
    private static final String MULTIRANGE = "MULTIRANGE_TYPE_NAME = ";

    private final Catalog catalog;
    private final Map<ItemId, Set<ItemId>> usersOf = new HashMap<>();

    TypeUse(Catalog catalog) {
        this.catalog = catalog;
        for (var id : catalog.items().keySet()) {
            catalog.needs(id)
                    .forEach(n -> usersOf.computeIfAbsent(n, one -> new HashSet<>()).add(id));
        }
    }

    /** The columns that hold values of a type, and whether one does inside another type. */
    Map<ItemId, Boolean> columns(ItemId type) {
        var found = new HashMap<ItemId, Boolean>();
        collect(type, false, found);
        return found;
    }

    private void collect(ItemId type, boolean inside, Map<ItemId, Boolean> found) {
        for (var user : usersOf.getOrDefault(type, Set.of())) {
            if (!isOf(user, type)) {
                continue;
            }
            var deeper =
                    inside
                            || CatalogLookup.known(catalog, user)
                                    .text(Attribute.TYPE)
                                    .endsWith("[]");
            switch (user.kind()) {
                case COLUMN -> found.merge(user, deeper, Boolean::logicalOr);
                case DOMAIN -> collect(user, deeper, found);
                case RANGE_TYPE -> collect(user, true, found);
                case ATTRIBUTE -> collect(whole(user, ObjectKind.COMPOSITE_TYPE), true, found);
                default -> {}
            }
        }
    }

    /** Whether something is a column of a type. */
    boolean isColumnOf(ItemId user, ItemId type) {
        return user.kind() == ObjectKind.COLUMN && isOf(user, type);
    }

    /** Whether something is of a type, and does not only need it for a default or a check. */
    boolean isOf(ItemId user, ItemId type) {
        var item = catalog.get(user);
        if (item == null) {
            return false;
        }
        return switch (user.kind()) {
            case RANGE_TYPE -> true;
            case COLUMN, ATTRIBUTE, DOMAIN -> isNamed(item, type);
            default -> false;
        };
    }

    private boolean isNamed(CatalogItem item, ItemId type) {
        if (type.kind() == ObjectKind.COLLATION) {
            return item.text(Attribute.COLLATION).equals(type.name());
        }
        var base = element(item.text(Attribute.TYPE));
        return base.equals(type.name()) || base.equals(multirange(type));
    }

    /** The name of a type, or of what an array is of. */
    static String element(String type) {
        return type.endsWith("[]") ? type.substring(0, type.length() - "[]".length()) : type;
    }

    /** The name of the multirange that a range type has beside it; none for other types. */
    @Nullable String multirange(ItemId type) {
        var item = type.kind() == ObjectKind.RANGE_TYPE ? catalog.get(type) : null;
        var definition = item == null ? "" : item.text(Attribute.DEFINITION);
        int at = definition.indexOf(MULTIRANGE);
        return at < 0 ? null : definition.substring(at + MULTIRANGE.length());
    }

    /**
     * The type that has to be made anew for a change in it, since columns hold it; or null.
     *
     * @param before null for what is made, or made anew
     */
    @Nullable ItemId held(ItemId id, @Nullable CatalogItem before, CatalogItem after) {
        return switch (id.kind()) {
            case DOMAIN_CONSTRAINT ->
                    isChecked(before, after) ? inside(whole(id, ObjectKind.DOMAIN)) : null;
            case DOMAIN -> {
                var stricter =
                        before != null
                                && !before.has(Attribute.NOT_NULL)
                                && after.has(Attribute.NOT_NULL);
                yield stricter ? inside(id) : null;
            }
            case ATTRIBUTE -> {
                var type = whole(id, ObjectKind.COMPOSITE_TYPE);
                var typed = before != null && ColumnChange.changesType(before, after);
                yield typed && !columns(type).isEmpty() ? type : null;
            }
            default -> null;
        };
    }

    /** Whether values are checked for it; a comment is no reason to read any. */
    private static boolean isChecked(@Nullable CatalogItem before, CatalogItem after) {
        return before == null
                || !before.text(Attribute.DEFINITION).equals(after.text(Attribute.DEFINITION));
    }

    private @Nullable ItemId inside(ItemId type) {
        return columns(type).containsValue(true) ? type : null;
    }

    private static ItemId whole(ItemId member, ObjectKind kind) {
        return new ItemId(kind, "", member.relation());
    }
}
