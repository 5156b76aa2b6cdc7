// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.event;

import java.util.Locale;

/** The topics, and what holds for all of them. */
public final class Topics {
    /** The number of partitions of every topic; fixed for ever, since the key decides the order. */
    public static final int PARTITIONS = 32;

    /** Every journal entry of every database, in its order. Key: database uid. */
    public static final String JOURNAL = "skein.journal";

    /** What exists at a site. Key: database uid; compacted. */
    public static final String INVENTORY = "skein.inventory";

    /** Heartbeats. Key: agent id; compacted. */
    public static final String AGENTS = "skein.agents";

    /** Every decision of the control plane. Key: stream id. */
    public static final String DECISIONS = "skein.decisions";

    /** Manifests and chunks of bundles. Key: digest/number; compacted. */
    public static final String BUNDLES = "skein.bundles";

    /** What agents found out when they were asked. Key: database uid. */
    public static final String REPLIES = "skein.replies";

    /** Each distinct catalog that a scan found, once. Key: fingerprint; compacted. */
    public static final String CATALOGS = "skein.catalogs";

    /** Decisions that the audit service lacks. Key: stream id. */
    public static final String RECALLS = "skein.recalls";

    private Topics() {}

    /** The desired state of a site's databases with open work. Key: database uid; compacted. */
    public static String directives(String site) {
        return "skein.directives." + site;
    }

    /** What a site's agents are asked. Key: database uid. */
    public static String requests(String site) {
        return "skein.requests." + site;
    }

    /** Whether a text can be a site's name: it becomes part of a topic's. */
    public static boolean isSite(String name) {
        return name.toLowerCase(Locale.ROOT).equals(name)
                && name.matches("[a-z0-9][a-z0-9-]{0,62}");
    }
}
