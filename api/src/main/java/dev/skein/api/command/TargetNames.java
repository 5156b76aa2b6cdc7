// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.command;

import dev.skein.api.store.DirectiveStore;
import dev.skein.engine.SkeinException;
import dev.skein.service.database.Db;
import java.util.stream.Collectors;

/** Which databases of a rollout people mean by the names that they give. */
final class TargetNames {
    private static final int SHOWN = 10;

    private final DirectiveStore directives;

    TargetNames(DirectiveStore directives) {
        this.directives = directives;
    }

    /**
     * The one database that is meant, for which a rollout waits.
     *
     * @param open whether the rollout is over, and waits only for what is open
     * @throws SkeinException if there is none, or more than one
     */
    String awaited(Db.Tx tx, String id, String name, boolean open) {
        var found = directives.named(tx, id, name, open);
        if (found.size() > 1) {
            throw SkeinException.usage(
                    "Rollout " + id,
                    "'" + name + "' may be any of " + found.size() + " of its databases",
                    "Name one of them: "
                            + found.stream()
                                    .limit(SHOWN)
                                    .map(DirectiveStore.Named::whole)
                                    .collect(Collectors.joining(", "))
                            + (found.size() > SHOWN ? ", …" : ""));
        }
        if (found.isEmpty() || !found.getFirst().unfinished()) {
            throw SkeinException.usage(
                    "Rollout " + id,
                    "it waits for no database " + name,
                    "See which it has: skein rollout show " + id);
        }
        return found.getFirst().uid();
    }
}
