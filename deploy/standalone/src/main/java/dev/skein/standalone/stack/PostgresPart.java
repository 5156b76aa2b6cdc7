// SPDX-License-Identifier: Apache-2.0
package dev.skein.standalone.stack;

import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.server.PostgresPrograms;
import dev.skein.engine.server.PostgresServer;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL server with a data folder of its own. */
public final class PostgresPart implements StackPart {
    private static final Map<String, String> SETTINGS =
            Map.of(
                    "shared_buffers", "64MB",
                    "max_connections", "100",
                    "max_wal_size", "256MB");

    private final StackHome home;
    private final String name;
    private final PostgresPrograms programs;
    private final int port;
    private final String password;
    private final Map<String, String> settings;
    private @Nullable PostgresServer server;

    /**
     * @param more settings on top of the usual ones
     */
    public PostgresPart(
            StackHome home,
            String name,
            PostgresPrograms programs,
            int port,
            String password,
            Map<String, String> more) {
        this.home = home;
        this.name = name;
        this.programs = programs;
        this.port = port;
        this.password = password;
        var all = new HashMap<>(SETTINGS);
        all.putAll(more);
        this.settings = Map.copyOf(all);
    }

    @Override
    public String name() {
        return "postgres-" + name;
    }

    @Override
    public void launch() {
        server =
                PostgresServer.launch(
                        programs, home.postgres(name), port, password, settings, home.log(name()));
    }

    @Override
    public void awaitReady() {
        Objects.requireNonNull(server, "not started").awaitReady();
    }

    @Override
    public boolean isLaunched() {
        return server != null;
    }

    @Override
    public boolean isReady() {
        return process().isAlive() && Objects.requireNonNull(server, "not started").isReady();
    }

    @Override
    public Process process() {
        return Objects.requireNonNull(server, "not started").process();
    }

    @Override
    public void stop() {
        if (server != null) {
            server.close();
        }
    }

    /** The address of a database on it. */
    public DatabaseAddress address(String database) {
        return Objects.requireNonNull(server, "not started").address(database);
    }
}
