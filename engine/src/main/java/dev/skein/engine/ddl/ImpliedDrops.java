// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl;

import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.CatalogLookup;
import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.ddl.text.ForeignKeys;
import dev.skein.engine.ddl.text.InheritedColumns;
import java.util.List;

/** What goes by itself when something else is dropped, and needs no statement of its own. */
final class ImpliedDrops {
    private final Catalog from;
    private final Catalog to;
    private final ChangeSet changes;

    ImpliedDrops(Catalog from, Catalog to, ChangeSet changes) {
        this.from = from;
        this.to = to;
        this.changes = changes;
    }

    void leaveOut() {
        leaveOutPartsOfIndexes();
        leaveOutMembers();
        leaveOutOwnedSequences();
        changes.defaults.removeIf(id -> changes.drop.contains(id) || goes(id));
        changes.alter.removeIf(
                id -> InheritedColumns.isDeviation(id) && (changes.drop.contains(id) || goes(id)));
    }

    private void leaveOutPartsOfIndexes() {
        var drop = changes.drop;
        var partitioned = new PartitionedIndexes(from, to);
        drop.removeIf(id -> partitioned.becomesPart(id) && !changes.create.contains(id));
        List.copyOf(drop).stream()
                .filter(id -> id.kind() == ObjectKind.INDEX)
                .forEach(id -> drop.removeAll(partitioned.ownBehind(id)));
    }

    private void leaveOutMembers() {
        var circles = ForeignKeys.inCircles(from, changes.drop);
        for (var id : List.copyOf(changes.drop)) {
            var container = CatalogLookup.container(from, id);
            if (container != null && changes.drop.contains(container) && !circles.contains(id)) {
                changes.drop.remove(id);
            }
        }
    }

    private void leaveOutOwnedSequences() {
        for (var owner : List.copyOf(from.items().keySet())) {
            if (owner.kind() == ObjectKind.SEQUENCE_OWNER && goesWithItsColumn(owner)) {
                changes.drop.remove(owner);
                changes.drop.remove(new ItemId(ObjectKind.SEQUENCE, "", owner.relation()));
            }
        }
    }

    private boolean goesWithItsColumn(ItemId owner) {
        var sequence = new ItemId(ObjectKind.SEQUENCE, "", owner.relation());
        return to.get(sequence) == null && from.needs(owner).stream().anyMatch(this::goes);
    }

    /** Whether an object is dropped, by itself or with what it belongs to. */
    private boolean goes(ItemId id) {
        var container = CatalogLookup.container(from, id);
        var tabular = id.kind() == ObjectKind.COLUMN || id.kind() == ObjectKind.TABLE;
        return (tabular && changes.drop.contains(id))
                || (container != null && changes.drop.contains(container));
    }
}
