// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.start;

import dev.skein.agent.daemon.discover.DatabaseInventory;
import dev.skein.agent.daemon.discover.DatabaseLook;
import dev.skein.agent.daemon.kafka.OwnedPartitions;
import dev.skein.agent.daemon.relay.DatabaseReporter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The databases that are this agent's, and what is to be told of them: what changed, what is to be
 * said again, and what was left in their journals. Those of which there is nothing to tell cost
 * nothing, however many there are.
 */
final class OwnDatabases {
    private final DatabaseInventory inventory;
    private final OwnedPartitions partitions;
    private final DatabaseReporter reporter;
    private final UnsentJournals left;
    private final Set<String> owned = ConcurrentHashMap.newKeySet();

    /** Told, and with all of their journal sent, they are not in it any more. */
    private final Set<String> waiting = new LinkedHashSet<>();

    OwnDatabases(
            DatabaseInventory inventory,
            OwnedPartitions partitions,
            DatabaseReporter reporter,
            UnsentJournals left) {
        this.inventory = inventory;
        this.partitions = partitions;
        this.reporter = reporter;
        this.left = left;
    }

    /** How many there are. */
    int count() {
        return owned.size();
    }

    /** How many entries of theirs are not in Kafka yet. */
    double journalLag() {
        return owned.stream()
                .map(inventory::find)
                .flatMap(Optional::stream)
                .mapToLong(DatabaseLook::behind)
                .sum();
    }

    /** Partitions changed hands: what is somebody else's now is told anew if it is ours again. */
    void letGo() {
        List.copyOf(owned).stream().filter(uid -> !partitions.owns(uid)).forEach(this::letGo);
    }

    private void letGo(String uid) {
        owned.remove(uid);
        waiting.remove(uid);
        reporter.forget(uid);
    }

    /** Tells what is to be told. */
    void tell() {
        waiting.addAll(inventory.changed());
        waiting.addAll(reporter.again());
        var ours = new ArrayList<DatabaseLook>();
        for (var uid : List.copyOf(waiting)) {
            inventory
                    .find(uid)
                    .filter(look -> partitions.owns(uid))
                    .ifPresentOrElse(ours::add, () -> letGo(uid));
        }
        ours.forEach(look -> owned.add(look.uid()));
        left.send(ours, this::tell);
    }

    private void tell(DatabaseLook look) {
        reporter.report(look, null);
        if (!look.isBehind()) {
            waiting.remove(look.uid());
        }
    }
}
