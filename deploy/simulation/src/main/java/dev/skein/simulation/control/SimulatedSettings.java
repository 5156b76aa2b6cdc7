// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.control;

import dev.skein.api.config.ApiConfig;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The settings of the api: what it has by itself, for the sites that it was begun with. */
record SimulatedSettings(Supplier<List<String>> named) implements ApiConfig {
    @Override
    public List<String> sites() {
        return named.get();
    }

    @Override
    public String databaseUrl() {
        return "";
    }

    @Override
    public Optional<String> databasePassword() {
        return Optional.empty();
    }

    @Override
    public Optional<String> adminPassword() {
        return Optional.empty();
    }

    @Override
    public Optional<String> auditUrl() {
        return Optional.empty();
    }

    @Override
    public Duration tokenLifetime() {
        return Duration.ofHours(12);
    }

    @Override
    public Duration tick() {
        return Duration.ofMillis(500);
    }

    @Override
    public Duration republishAfter() {
        return Duration.ofSeconds(15);
    }

    @Override
    public Duration silence() {
        return Duration.ofMinutes(1);
    }

    @Override
    public Duration stalledAfter() {
        return Duration.ofMinutes(5);
    }

    @Override
    public int loopConnections() {
        return 8;
    }

    @Override
    public Duration readTimeout() {
        return Duration.ofSeconds(10);
    }

    @Override
    public int parallel() {
        return 8;
    }

    @Override
    public int rollbackAlone() {
        return 2;
    }

    @Override
    public Optional<String> instance() {
        return Optional.empty();
    }

    @Override
    public Optional<Integer> topicReplicas() {
        return Optional.empty();
    }
}
