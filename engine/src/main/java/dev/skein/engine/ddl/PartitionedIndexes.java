// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl;

import dev.skein.engine.catalog.AttachedPart;
import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.CatalogItem;
import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.ddl.text.DdlStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Indexes of partitioned tables, and what partitions take along when they come or go. */
final class PartitionedIndexes {
    private final Catalog from;
    private final Catalog to;

    PartitionedIndexes(Catalog from, Catalog to) {
        this.from = from;
        this.to = to;
    }

    private static boolean isSame(
            @org.jspecify.annotations.Nullable CatalogItem own, AttachedPart part) {
        return own != null
                && own.text(Attribute.DEFINITION).equals(part.item().text(Attribute.DEFINITION));
    }

    /** Whether a partition's own index becomes a part of its table's and so does not go. */
    boolean becomesPart(ItemId id) {
        return to.attached().stream()
                .anyMatch(part -> part.id().equals(id) && isSame(from.get(id), part));
    }

    /** Own constraints of partitions whose index is a part of one: they go with it. */
    List<ItemId> ownBehind(ItemId index) {
        var found = new ArrayList<ItemId>();
        behind(from, index.name(), part -> part.own() ? List.of(part.id()) : List.of(), found);
        return found;
    }

    private static void behind(
            Catalog catalog,
            String index,
            Function<AttachedPart, List<ItemId>> taken,
            List<ItemId> found) {
        for (var part : catalog.attached()) {
            if (part.parent().equals(index)) {
                found.addAll(taken.apply(part));
                behind(catalog, part.index(), taken, found);
            }
        }
    }

    /** The index alone, with those parts that it is to have while it lacks others. */
    List<DdlStatement> alone(CatalogItem index, Function<String, DdlStatement> how) {
        var statements = new ArrayList<DdlStatement>();
        statements.add(how.apply(index.text(Attribute.DEFINITION)));
        parts(index.id().name(), how, statements);
        return statements;
    }

    private void parts(String index, Function<String, DdlStatement> how, List<DdlStatement> all) {
        for (var part : to.attached()) {
            if (!part.parent().equals(index)) {
                continue;
            }
            var there = from.get(part.id()) != null || part.id().kind() == ObjectKind.CONSTRAINT;
            if (!there) {
                all.add(how.apply(part.item().text(Attribute.DEFINITION)));
                parts(part.index(), how, all);
            }
            all.add(how.apply("ALTER INDEX " + index + " ATTACH PARTITION " + part.index()));
        }
    }
}
