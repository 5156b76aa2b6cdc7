// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.relay;

import dev.skein.engine.event.Topics;

/**
 * What is sent in its own order and fails by itself.
 *
 * @param site whose topic it goes to; empty where it goes to one topic of all
 */
public record RelayRoute(Kind kind, String site) {
    /** Kinds of records, named as the outbox names them. */
    public enum Kind {
        BUNDLES,
        DECISIONS,
        DIRECTIVES,
        REQUESTS
    }

    /** Where it ends. */
    String topic() {
        return switch (kind) {
            case BUNDLES -> Topics.BUNDLES;
            case DECISIONS -> Topics.DECISIONS;
            case DIRECTIVES -> Topics.directives(site);
            case REQUESTS -> Topics.requests(site);
        };
    }

    /** As people and metrics read it: {@code decisions}, {@code directives.eu}. */
    public String label() {
        var name = kind.name().toLowerCase(java.util.Locale.ROOT);
        return site.isEmpty() ? name : name + "." + site;
    }
}
