// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings of the daemon, under {@code skein.agent}. */
@ConfigMapping(prefix = "skein.agent")
public interface AgentConfig {
    /** Tells this agent from others; the same after a restart. */
    String id();

    /** The site it works for. */
    String site();

    /** The servers near it, by name. */
    Map<String, Server> servers();

    /** How often to look which databases there are. */
    @WithDefault("5s")
    Duration discoverEvery();

    /** How often to look into every database, in case somebody else changed it. */
    @WithDefault("60s")
    Duration lookEvery();

    /** How long to try to reach a database, and Kafka for it, before saying that it cannot be. */
    @WithDefault("60s")
    Duration patience();

    /** Where bundles are kept. */
    @WithDefault(".skein/agent")
    Path cache();

    /** How long a bundle that no directive names is kept there after it was needed. */
    @WithDefault("30d")
    Duration keepBundles();

    /**
     * The folder for backups; without one there are none. Agents of a site share it, so that each
     * can restore what another has taken.
     */
    Optional<Path> backups();

    /**
     * How many rows of each table a rehearsal takes from the database that it is for; 0 for none.
     * Revisions run there before anybody approved them, and what they say is shown: with rows,
     * whoever proposes a rollout can get to see values of them.
     */
    @WithDefault("0")
    int rehearseRows();

    /** A PostgreSQL server. */
    interface Server {
        /** {@code postgresql://user@host:port/maintenance-database}, without a password. */
        String url();

        /** Where the password is: {@code env:NAME} or {@code file:PATH}. */
        Optional<String> password();

        /** Which databases are tenants: patterns with {@code *}. */
        List<String> databases();

        /** Which of those are not. */
        Optional<List<String>> exclude();

        /** How many of its databases may be migrated at once. */
        @WithDefault("4")
        int parallel();

        /** Labels of all its databases. */
        Map<String, String> labels();
    }
}
