// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl;

import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.ddl.text.DdlStatement;
import java.util.Comparator;
import java.util.List;

/**
 * What is done to one object at one place of a change.
 *
 * @param position of a new column among its table's, counted from 1; else 0
 */
record ChangeNode(Action action, ItemId id, int position, List<DdlStatement> statements)
        implements Comparable<ChangeNode> {
    enum Action {
        DROP,
        /** A table leaves a parent. */
        LEAVE,
        /** A column waits as text. */
        PARK,
        ALTER,
        CREATE,
        /** A type goes whose place another one of its name has taken. */
        RETIRE,
        /** A table joins a parent. */
        JOIN
    }

    private static final Comparator<ChangeNode> ORDER =
            Comparator.comparing(ChangeNode::needsOwnRevision)
                    .thenComparingInt(ChangeNode::rank)
                    .thenComparing(ChangeNode::relationOfColumn)
                    .thenComparingInt(ChangeNode::position)
                    .thenComparing(ChangeNode::id)
                    .thenComparing(ChangeNode::action);

    /** What goes, goes first; but an index that somebody uses, after its successor is there. */
    private int rank() {
        return switch (action) {
            case DROP -> needsOwnRevision() ? 3 : 0;
            case LEAVE, PARK -> 0;
            case ALTER -> 1;
            case CREATE, JOIN -> 2;
            case RETIRE -> 3;
        };
    }

    /** New columns of one table stand together, in their order. */
    private String relationOfColumn() {
        return position > 0 ? id.relation() : "";
    }

    /** What has to stand in a revision of its own comes late, so that there are few of them. */
    private boolean needsOwnRevision() {
        return statements.stream().anyMatch(s -> s.mode() != DdlStatement.Mode.TOGETHER);
    }

    @Override
    public int compareTo(ChangeNode other) {
        return ORDER.compare(this, other);
    }
}
