// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl;

import dev.skein.engine.catalog.ItemId;
import java.util.Comparator;
import java.util.List;

/** What is done to one object at one place of a change. */
record Node(Action action, ItemId id, List<Statement> statements) implements Comparable<Node> {
    enum Action {
        DROP,
        ALTER,
        CREATE
    }

    private static final Comparator<Node> ORDER =
            Comparator.comparing(Node::needsOwnRevision)
                    .thenComparing(Node::action)
                    .thenComparing(Node::id);

    /** What has to stand in a revision of its own comes late, so that there are few of them. */
    private boolean needsOwnRevision() {
        return statements.stream().anyMatch(s -> s.mode() != Statement.Mode.TOGETHER);
    }

    @Override
    public int compareTo(Node other) {
        return ORDER.compare(this, other);
    }
}
