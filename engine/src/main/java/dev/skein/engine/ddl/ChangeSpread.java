// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.CatalogItem;
import dev.skein.engine.catalog.CatalogLookup;
import dev.skein.engine.catalog.CatalogUses;
import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.catalog.ObjectKind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * From what changes to what has to make way for it: what belongs to it, what uses it, and the rows
 * that hold it.
 */
final class ChangeSpread {
    private static final Set<ObjectKind> HOLD_TYPES =
            Set.of(
                    ObjectKind.VIEW,
                    ObjectKind.MATERIALIZED_VIEW,
                    ObjectKind.RULE,
                    ObjectKind.POLICY,
                    ObjectKind.TRIGGER,
                    ObjectKind.FUNCTION,
                    ObjectKind.PROCEDURE);

    private static final Set<ObjectKind> VIEWS =
            Set.of(ObjectKind.VIEW, ObjectKind.MATERIALIZED_VIEW);

    private final Catalog from;
    private final Catalog to;
    private final ChangeSet changes;
    private final Deque<ItemId> work = new ArrayDeque<>();
    private final Set<ItemId> touched = new HashSet<>();
    private final CatalogUses uses;
    private final TypeUse use;
    private final ReleasedNeeds released;

    ChangeSpread(Catalog from, Catalog to, ChangeSet changes) {
        this.from = from;
        this.to = to;
        this.changes = changes;
        this.uses = new CatalogUses(from);
        this.use = new TypeUse(from);
        this.released = new ReleasedNeeds(from, to, changes);
    }

    /** Begins with an object that goes. */
    void drop(ItemId id) {
        changes.drop.add(id);
        work.add(id);
    }

    /** Begins with a column whose type changes in place. */
    void retype(ItemId column) {
        touched.add(column);
        work.add(column);
    }

    /** Takes in everything that is reached from what was begun with. */
    void spread() {
        while (!work.isEmpty()) {
            spread(work.remove());
        }
    }

    private void spread(ItemId changed) {
        if (!touched.contains(changed)) {
            uses.members(changed).stream()
                    .filter(id -> !changes.drop.contains(id) && !changes.swap.contains(id))
                    .forEach(id -> takeMember(id, changed));
        }
        for (var id : uses.users(changed)) {
            if (!changes.drop.contains(id) && !changes.swap.contains(id) && to.get(id) != null) {
                takeUser(id, changed);
            }
        }
        if (touched.contains(changed)) {
            spreadFromTable(
                    Objects.requireNonNull(
                            CatalogLookup.container(from, changed), "a column's table"));
        }
    }

    /** A view's, or another column's, rows as values have the type of a column, too. */
    private void spreadFromTable(ItemId table) {
        uses.users(table).stream()
                .filter(id -> VIEWS.contains(id.kind()) && to.get(id) != null)
                .filter(id -> !changes.drop.contains(id))
                .forEach(this::remake);
        parkRows(table);
    }

    /** What belongs to something goes and comes with it. */
    private void takeMember(ItemId id, ItemId container) {
        if (!changes.swap.contains(container)) {
            changes.drop.add(id);
            work.add(id);
        }
        changes.alter.remove(id);
        if (to.get(id) != null) {
            changes.create.add(id);
        }
    }

    private void takeUser(ItemId id, ItemId changed) {
        var item = from.get(id);
        var generated = item != null && item.has(Attribute.GENERATED);
        var gone = changes.drop.contains(changed) && to.get(changed) == null;
        if (gone && released.letsGo(id, changed)) {
            return;
        }
        if (touched.contains(changed)) {
            if (generated
                    || HOLD_TYPES.contains(id.kind())
                    || changes.parked.containsKey(changed)) {
                remake(id);
            }
        } else if (changes.swap.contains(changed) && !generated && use.isColumnOf(id, changed)) {
            changes.retyped.add(id);
            if (touched.add(id)) {
                work.add(id);
            }
        } else if (id.kind() == ObjectKind.ATTRIBUTE) {
            remake(new ItemId(ObjectKind.COMPOSITE_TYPE, "", id.relation()));
        } else if ((id.kind() == ObjectKind.COLUMN && !generated)
                || id.kind() == ObjectKind.INHERITED_COLUMN) {
            changes.defaults.add(id);
        } else {
            remake(id);
        }
    }

    /** A table is not rewritten while a column that is stored elsewhere holds its rows. */
    private void parkRows(ItemId table) {
        for (var column : use.columns(table).keySet()) {
            var foreign =
                    from.get(new ItemId(ObjectKind.FOREIGN_TABLE, "", column.relation())) != null;
            if (!foreign && !changes.drop.contains(column) && to.get(column) != null) {
                changes.retyped.add(column);
                touched.add(column);
                if (changes.parked.computeIfAbsent(column, id -> new TreeSet<>()).add(table)) {
                    work.add(column);
                }
            }
        }
    }

    /** What is made anew for itself, or with its type. */
    void remake(ItemId id) {
        changes.alter.remove(id);
        if (TypeSwap.fits(id)) {
            if (changes.swap.add(id)) {
                work.add(id);
            }
        } else if (changes.drop.add(id)) {
            changes.create.add(id);
            work.add(id);
            var after = to.get(id);
            if (after != null) {
                remakeHeldType(
                        id, id.kind() == ObjectKind.DOMAIN_CONSTRAINT ? null : from.get(id), after);
            }
        }
    }

    /** The server may refuse a change of a type in place: the whole type is made anew then. */
    void remakeHeldType(ItemId id, @Nullable CatalogItem before, CatalogItem after) {
        var type = use.held(id, before, after);
        if (type != null) {
            remake(type);
        }
    }

    /** Own keys of partitions that serve an index go with it. */
    void takeKeysOfPartitions() {
        var partitioned = new PartitionedIndexes(from, to);
        for (var index : List.copyOf(changes.drop)) {
            if (index.kind() == ObjectKind.INDEX) {
                partitioned
                        .ownBehind(index)
                        .forEach(id -> {
                            if (to.get(id) != null) {
                                remake(id);
                            }
                        });
            }
        }
    }
}
