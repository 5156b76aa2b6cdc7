// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.catalog.ObjectKind;

/** Whether objects let go of what they needed by themselves, so that they can stay without it. */
final class ReleasedNeeds {
    private final Catalog from;
    private final Catalog to;
    private final ChangeSet changes;

    ReleasedNeeds(Catalog from, Catalog to, ChangeSet changes) {
        this.from = from;
        this.to = to;
        this.changes = changes;
    }

    /** Whether an object lets go of one that is dropped: it is altered into one without it. */
    boolean letsGo(ItemId id, ItemId dropped) {
        var before = from.get(id);
        var after = to.get(id);
        if (!changes.alter.contains(id) || before == null || after == null) {
            return needsOnlyParent(id, dropped);
        }
        var attribute = id.kind() == ObjectKind.COLUMN ? Attribute.DEFAULT : Attribute.DEFINITION;
        return !before.has(attribute)
                || (before.differs(after, attribute)
                        && !AlterStatements.isValidated(before, after));
    }

    /** Whether a foreign key needs a partition only since it refers to the whole table. */
    private boolean needsOnlyParent(ItemId id, ItemId partition) {
        var table = partition.kind() == ObjectKind.TABLE ? from.get(partition) : null;
        return id.kind() == ObjectKind.CONSTRAINT
                && table != null
                && table.has(Attribute.PARTITION_BOUND)
                && from.needs(id)
                        .contains(new ItemId(ObjectKind.TABLE, "", table.text(Attribute.PARENTS)));
    }
}
