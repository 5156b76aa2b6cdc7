// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.CatalogDifference;
import dev.skein.engine.catalog.CatalogItem;
import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.ddl.text.ColumnChange;
import dev.skein.engine.ddl.text.InheritedColumns;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What has to be done to which object, including what only has to make way for a while: a view on a
 * column whose type changes, an index on a function that is made anew.
 */
final class ChangeSet {
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

    final Set<ItemId> drop = new TreeSet<>();
    final Set<ItemId> create = new TreeSet<>();
    final Set<ItemId> alter = new TreeSet<>();
    final Set<ItemId> swap = new TreeSet<>();

    /** Columns whose default makes way: the function or sequence in it is made anew. */
    final Set<ItemId> defaults = new TreeSet<>();

    /** Columns that get their type back, since it is made anew. */
    final Set<ItemId> retyped = new TreeSet<>();

    /** Columns of other tables' rows that wait as text, with those tables, which are rewritten. */
    final Map<ItemId, Set<ItemId>> parked = new TreeMap<>();

    /** Indexes and constraints that only have another name now: new names to old. */
    final Map<ItemId, ItemId> renamed = new TreeMap<>();

    /** Keys that become indexes of the same name, and the other way round: new to old. */
    final Map<ItemId, ItemId> converted = new TreeMap<>();

    private final Catalog from;
    private final Catalog to;
    private final Deque<ItemId> work = new ArrayDeque<>();
    private final Set<ItemId> touched = new HashSet<>();
    private final Map<ItemId, Set<ItemId>> usersOf = new HashMap<>();
    private final Map<ItemId, Set<ItemId>> membersOf = new HashMap<>();
    private final TypeUse use;

    private ChangeSet(Catalog from, Catalog to) {
        this.from = from;
        this.to = to;
        this.use = new TypeUse(from);
        for (var id : from.items().keySet()) {
            var container = CatalogLookup.container(from, id);
            if (container != null) {
                membersOf.computeIfAbsent(container, one -> new TreeSet<>()).add(id);
            }
            from.needs(id).forEach(n -> usersOf.computeIfAbsent(n, one -> new TreeSet<>()).add(id));
        }
    }

    static ChangeSet between(Catalog from, Catalog to, boolean gently) {
        var changes = new ChangeSet(from, to);
        var tries = new AlterStatements(from, new OnlineForms(from, to, gently, Set.of()));
        for (var difference : CatalogDifference.between(from, to)) {
            changes.take(difference, tries);
        }
        changes.spread();
        changes.goAlong();
        changes.spread();
        new ImpliedDrops(from, to, changes).leaveOut();
        changes.sayAgain();
        changes.rename();
        changes.convert();
        return changes;
    }

    private void take(CatalogDifference difference, AlterStatements tries) {
        var id = difference.id();
        var before = difference.before();
        var after = difference.after();
        var attached =
                (before == null && comesFromParent(id, to, from))
                        || (after == null && comesFromParent(id, from, to));
        if (attached) {
            alter.add(new ItemId(ObjectKind.INHERITED_COLUMN, id.relation(), id.name()));
        } else if (InheritedColumns.isDeviation(id)) {
            deviation(id);
        } else if (before == null) {
            create.add(id);
            held(difference.id(), null, CatalogLookup.known(to, id));
        } else if (after == null) {
            drop.add(id);
            work.add(id);
        } else if (tries.of(before, after) != null) {
            alter.add(id);
            if (id.kind() == ObjectKind.COLUMN && ColumnChange.changesType(before, after)) {
                touched.add(id);
                work.add(id);
            }
            held(id, before, after);
        } else {
            remake(id);
        }
    }

    private void deviation(ItemId id) {
        var partition = id.kind() == ObjectKind.PARTITION;
        var own = new ItemId(ObjectKind.COLUMN, id.relation(), id.name());
        var column = partition ? null : InheritedColumns.whole(to, id.relation(), id.name());
        var made = !partition && CatalogLookup.container(from, id) == null;
        if (made) {
            create.add(id);
        } else if (partition || (column != null && from.get(own) == null && to.get(own) == null)) {
            alter.add(id);
        }
    }

    /** A change of a column goes through to where it is inherited, over what deviates there. */
    private void sayAgain() {
        for (var id : to.items().keySet()) {
            if (id.kind() == ObjectKind.INHERITED_COLUMN
                    && CatalogLookup.container(from, id) != null) {
                var origin = InheritedColumns.origin(to, id.relation(), id.name());
                if (origin != null && alter.contains(origin) && !create.contains(id)) {
                    alter.add(id);
                }
            }
        }
    }

    /** The server may refuse a change of a type in place: the whole type is made anew then. */
    private void held(ItemId id, @Nullable CatalogItem before, CatalogItem after) {
        var type = use.held(id, before, after);
        if (type != null) {
            remake(type);
        }
    }

    private void remake(ItemId id) {
        alter.remove(id);
        if (TypeSwap.fits(id)) {
            if (swap.add(id)) {
                work.add(id);
            }
        } else if (drop.add(id)) {
            create.add(id);
            work.add(id);
            var after = to.get(id);
            if (after != null) {
                held(id, id.kind() == ObjectKind.DOMAIN_CONSTRAINT ? null : from.get(id), after);
            }
        }
    }

    private void spread() {
        while (!work.isEmpty()) {
            spread(work.remove());
        }
    }

    private void spread(ItemId changed) {
        if (!touched.contains(changed)) {
            membersOf.getOrDefault(changed, Set.of()).stream()
                    .filter(id -> !drop.contains(id) && !swap.contains(id))
                    .forEach(id -> member(id, changed));
        }
        for (var id : usersOf.getOrDefault(changed, Set.of())) {
            if (!drop.contains(id) && !swap.contains(id) && to.get(id) != null) {
                user(id, changed);
            }
        }
        if (touched.contains(changed)) {
            usersOf.getOrDefault(CatalogLookup.container(from, changed), Set.of()).stream()
                    .filter(id -> VIEWS.contains(id.kind()) && to.get(id) != null)
                    .filter(id -> !drop.contains(id))
                    .forEach(this::remake); // its rows as values have the column's type, too
            parkRows(
                    Objects.requireNonNull(
                            CatalogLookup.container(from, changed), "a column's table"));
        }
    }

    /** A table is not rewritten while a column that is stored elsewhere holds its rows. */
    private void parkRows(ItemId table) {
        for (var column : use.columns(table).keySet()) {
            var foreign =
                    from.get(new ItemId(ObjectKind.FOREIGN_TABLE, "", column.relation())) != null;
            if (!foreign && !drop.contains(column) && to.get(column) != null) {
                retyped.add(column);
                touched.add(column);
                if (parked.computeIfAbsent(column, id -> new TreeSet<>()).add(table)) {
                    work.add(column);
                }
            }
        }
    }

    /** Whether an object lets go of one that is dropped: it is altered into one without it. */
    private boolean letsGo(ItemId id, ItemId dropped) {
        var before = from.get(id);
        var after = to.get(id);
        if (!alter.contains(id) || before == null || after == null) {
            return throughParent(id, dropped);
        }
        var attribute = id.kind() == ObjectKind.COLUMN ? Attribute.DEFAULT : Attribute.DEFINITION;
        return !before.has(attribute)
                || !(Objects.equals(before.get(attribute), after.get(attribute))
                        || AlterStatements.isValidated(before, after));
    }

    /** Whether a foreign key needs a partition only since it refers to the whole table. */
    private boolean throughParent(ItemId id, ItemId partition) {
        var table = partition.kind() == ObjectKind.TABLE ? from.get(partition) : null;
        return id.kind() == ObjectKind.CONSTRAINT
                && table != null
                && table.has(Attribute.PARTITION_BOUND)
                && from.needs(id)
                        .contains(new ItemId(ObjectKind.TABLE, "", table.text(Attribute.PARENTS)));
    }

    /** What belongs to something goes and comes with it. */
    private void member(ItemId id, ItemId container) {
        if (!swap.contains(container)) {
            drop.add(id);
            work.add(id);
        }
        alter.remove(id);
        if (to.get(id) != null) {
            create.add(id);
        }
    }

    private void user(ItemId id, ItemId changed) {
        var item = from.get(id);
        var generated = item != null && item.has(Attribute.GENERATED);
        var gone = drop.contains(changed) && to.get(changed) == null;
        if (gone && letsGo(id, changed)) {
            return;
        }
        if (touched.contains(changed)) {
            if (generated || HOLD_TYPES.contains(id.kind()) || parked.containsKey(changed)) {
                remake(id);
            }
        } else if (swap.contains(changed) && !generated && use.isColumnOf(id, changed)) {
            retyped.add(id);
            if (touched.add(id)) {
                work.add(id);
            }
        } else if (id.kind() == ObjectKind.ATTRIBUTE) {
            remake(new ItemId(ObjectKind.COMPOSITE_TYPE, "", id.relation()));
        } else if ((id.kind() == ObjectKind.COLUMN && !generated)
                || id.kind() == ObjectKind.INHERITED_COLUMN) {
            defaults.add(id);
        } else {
            remake(id);
        }
    }

    private void rename() {
        renamed.putAll(RenamedParts.pairs(from, to, drop, create));
        create.removeAll(renamed.keySet());
        drop.removeAll(renamed.values());
    }

    private void convert() {
        converted.putAll(KeySwap.converted(from, to, List.copyOf(drop), List.copyOf(create)));
        create.removeAll(converted.keySet());
        drop.removeAll(converted.values());
    }

    /** Own keys of partitions that serve an index go with it. */
    private void goAlong() {
        var partitioned = new PartitionedIndexes(from, to);
        for (var index : List.copyOf(drop)) {
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

    /** Whether a column only becomes, or ceases to be, its parent's: the table is (de)attached. */
    private static boolean comesFromParent(ItemId id, Catalog own, Catalog inherited) {
        var table = new ItemId(ObjectKind.TABLE, "", id.relation());
        return id.kind() == ObjectKind.COLUMN
                && own.get(table) != null
                && inherited.get(table) != null
                && InheritedColumns.origin(inherited, id.relation(), id.name()) != null;
    }

    /** Whether a partition goes with the table, whatever partitions that has elsewhere. */
    boolean goesWithItsTable(ItemId id) {
        var table = id.kind() == ObjectKind.TABLE && to.get(id) == null ? from.get(id) : null;
        return table != null
                && table.has(Attribute.PARTITION_BOUND)
                && drop.contains(new ItemId(ObjectKind.TABLE, "", table.text(Attribute.PARENTS)));
    }
}
