// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.CatalogItem;
import dev.skein.engine.catalog.CatalogLookup;
import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.ddl.text.TypeChange;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What of a column's values a type has no place for that takes the place of one of its name. */
final class TypeLosses {
    private static final Pattern SUBTYPE = Pattern.compile("SUBTYPE = (.+?)(?:, [A-Z_]+ = .*|$)");

    private final Catalog from;
    private final Catalog to;

    TypeLosses(Catalog from, Catalog to) {
        this.from = from;
        this.to = to;
    }

    /**
     * What a column may lose when it gets its type back; null for nothing.
     *
     * @param types those that it is of, and that are made anew
     */
    @Nullable String of(CatalogItem before, CatalogItem after, Set<ItemId> types) {
        if (new TypeChange(before.text(Attribute.TYPE), after.text(Attribute.TYPE)).loses()) {
            return "what "
                    + after.text(Attribute.TYPE)
                    + " cannot hold of "
                    + after.id().fullName();
        }
        return types.stream()
                .filter(this::loses)
                .findFirst()
                .map(type -> "what the new " + type.name() + " cannot hold")
                .orElse(null);
    }

    /** Whether the new type may cut values off, or round them. */
    private boolean loses(ItemId type) {
        var before = CatalogLookup.known(from, type);
        var after = CatalogLookup.known(to, type);
        return switch (type.kind()) {
            case DOMAIN ->
                    new TypeChange(before.text(Attribute.TYPE), after.text(Attribute.TYPE)).loses();
            case RANGE_TYPE -> new TypeChange(subtype(before), subtype(after)).loses();
            case COMPOSITE_TYPE -> from.members(type.name()).stream().anyMatch(this::losesInside);
            default -> false;
        };
    }

    private boolean losesInside(CatalogItem member) {
        var other = to.get(member.id());
        return other != null
                && new TypeChange(member.text(Attribute.TYPE), other.text(Attribute.TYPE)).loses();
    }

    /** What a range type is of. */
    static String subtype(CatalogItem range) {
        var matcher = SUBTYPE.matcher(range.text(Attribute.DEFINITION));
        return matcher.matches() ? matcher.group(1) : "";
    }
}
