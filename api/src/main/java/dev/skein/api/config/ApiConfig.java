// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The settings of the api, under {@code skein.api}. */
@ConfigMapping(prefix = "skein.api")
public interface ApiConfig {
    /** The sites that agents may report from; each gets its directives topic. */
    @NotEmpty
    List<String> sites();

    /** The database of the control plane: {@code postgresql://user@host:port/name}. */
    String databaseUrl();

    /** Its password. */
    Optional<String> databasePassword();

    /** The password of the account {@code admin}, which is made when there is no account yet. */
    Optional<String> adminPassword();

    /** Where people find the audit service, which asks here who they are. */
    Optional<String> auditUrl();

    /** How long a login is good for. */
    @WithDefault("12h")
    Duration tokenLifetime();

    /** How often clocks are looked at. */
    @WithDefault("500ms")
    Duration tick();

    /** After how long a directive without an outcome is published again, the first time. */
    @WithDefault("15s")
    Duration republishAfter();

    /**
     * After how long without a sign of life a site's agents are silent: at least 45 s. Where
     * several replicas read, a part of what agents say may be read by one that freezes. The others
     * read it some 10 s later, and no sooner: until then agents that are well seem silent.
     */
    @WithDefault("60s")
    Duration silence();

    /** After how long in which nothing moved a rollout with open work is stalled. */
    @WithDefault("5m")
    Duration stalledAfter();

    /**
     * How many connections conductor, relay and feeds have to themselves. Whoever asks has others:
     * {@code quarkus.datasource.reactive.max-size}.
     */
    @WithDefault("8")
    @Min(4)
    @Max(100)
    int loopConnections();

    /** How long a statement may take by which something is only read. */
    @WithDefault("10s")
    Duration readTimeout();

    /** Directives that may be open at once where a rollout does not say. */
    @WithDefault("8")
    @Min(1)
    @Max(10_000)
    int parallel();

    /**
     * How many databases of one rollout may be rolled back within a day without anybody else's
     * approval, in however many parts; 0 for none.
     */
    @WithDefault("5")
    @Min(0)
    int rollbackAlone();

    /**
     * Tells this process from other replicas; the same after a restart, which then goes on at once.
     * Without one a restart waits some seconds for what it was reading.
     */
    Optional<String> instance();

    /**
     * How many copies Kafka keeps of each topic. Without it topics are made with three, where there
     * are as many brokers, else as the brokers do by themselves, and fewer than three of three are
     * told while it runs; with one, fewer are refused when it starts.
     */
    Optional<Integer> topicReplicas();
}
