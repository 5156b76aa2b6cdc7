// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.CatalogDifference;
import dev.skein.engine.catalog.CatalogItem;
import dev.skein.engine.catalog.CatalogLookup;
import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.ddl.text.ColumnChange;
import dev.skein.engine.ddl.text.InheritedColumns;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What has to be done to which object, including what only has to make way for a while: a view on a
 * column whose type changes, an index on a function that is made anew.
 */
final class ChangeSet {
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
    private final ChangeSpread spread;

    private ChangeSet(Catalog from, Catalog to) {
        this.from = from;
        this.to = to;
        this.spread = new ChangeSpread(from, to, this);
    }

    static ChangeSet between(Catalog from, Catalog to, boolean gently) {
        var changes = new ChangeSet(from, to);
        var tries = new AlterStatements(from, new OnlineForms(from, to, gently, Set.of()));
        for (var difference : CatalogDifference.between(from, to)) {
            changes.take(difference, tries);
        }
        changes.spread.spread();
        changes.spread.takeKeysOfPartitions();
        changes.spread.spread();
        new ImpliedDrops(from, to, changes).leaveOut();
        changes.alterWhatInherits();
        changes.rename();
        changes.convert();
        return changes;
    }

    private void take(CatalogDifference difference, AlterStatements tries) {
        var id = difference.id();
        var before = difference.before();
        var after = difference.after();
        if (isAttached(difference)) {
            alter.add(new ItemId(ObjectKind.INHERITED_COLUMN, id.relation(), id.name()));
        } else if (InheritedColumns.isDeviation(id)) {
            takeDeviation(id);
        } else if (before == null) {
            create.add(id);
            spread.remakeHeldType(id, null, CatalogLookup.known(to, id));
        } else if (after == null) {
            spread.drop(id);
        } else if (tries.of(before, after) != null) {
            takeAlteration(id, before, after);
        } else {
            spread.remake(id);
        }
    }

    /** Whether a column only comes from a parent, or does so no more. */
    private boolean isAttached(CatalogDifference difference) {
        var id = difference.id();
        return (difference.before() == null && comesFromParent(id, to, from))
                || (difference.after() == null && comesFromParent(id, from, to));
    }

    private void takeAlteration(ItemId id, CatalogItem before, CatalogItem after) {
        alter.add(id);
        if (id.kind() == ObjectKind.COLUMN && ColumnChange.changesType(before, after)) {
            spread.retype(id);
        }
        spread.remakeHeldType(id, before, after);
    }

    private void takeDeviation(ItemId id) {
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
    private void alterWhatInherits() {
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
