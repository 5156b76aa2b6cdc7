// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.fleet;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A database as the control plane knows it.
 *
 * @param problem why it cannot be managed; absent when all is well
 */
public record FleetDatabase(
        String uid,
        String site,
        String server,
        String name,
        List<String> heads,
        long accepted,
        @Nullable String fingerprint,
        int serverMajor,
        Map<String, String> labels,
        @Nullable String problem,
        boolean drifted) {
    /** What a selector may name beside labels. */
    static final Set<String> ATTRIBUTES = Set.of("name", "site", "server", "uid");

    public FleetDatabase {
        heads = List.copyOf(heads);
        labels = Map.copyOf(labels);
    }

    /** The value a selector's key stands for; null where it has none. */
    public @Nullable String attribute(String key) {
        return switch (key) {
            case "name" -> name;
            case "site" -> site;
            case "server" -> server;
            case "uid" -> uid;
            default -> labels.get(key);
        };
    }
}
