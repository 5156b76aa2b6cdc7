// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.scratch;

import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.postgres.SqlLiterals;
import dev.skein.engine.server.PostgresPrograms;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A disposable server for disposable databases: it forgets everything at a power cut, and is fast
 * for it. It ends, and its files with it, when it is closed or when the program that started it is
 * gone, however that ended.
 */
public final class ScratchServer implements AutoCloseable {
    private static final Duration QUERY_TIMEOUT = Duration.ofSeconds(60);

    static final String PREFIX = "skein_scratch_";

    /** What a database on somebody else's server is known by, besides its name. */
    static final String MARK = "made by skein to try things in; may be dropped";

    /** What is opened again and again is kept: a new connection reads the catalogs anew. */
    private final PgClient client;

    private final PgClient unkept;
    private final ScratchHost host;
    private final AtomicInteger number = new AtomicInteger();
    private final String run;
    private final ScratchRoles roles;

    private ScratchServer(PgClient client, ScratchHost host, String run) {
        this.client = client.keeping();
        this.unkept = client;
        this.host = host;
        this.run = run;
        this.roles = new ScratchRoles(host.owner(), this::administer);
    }

    /**
     * Starts one and waits until it serves. Who connects to its databases owns them, and has no
     * rights beyond: what is tried there can run no program and read no file of this machine.
     *
     * @param client makes the connections; the caller closes it after this
     * @throws SkeinException with the server's own words, if it does not start
     */
    public static ScratchServer start(PgClient client, PostgresPrograms programs) {
        var password = UUID.randomUUID().toString();
        var host = OwnHost.start(client, programs, OwnHost.OWNER, password);
        var scratch = new ScratchServer(client, host, newRun());
        try {
            scratch.administer(
                    "CREATE ROLE "
                            + OwnHost.OWNER
                            + " LOGIN BYPASSRLS PASSWORD "
                            + SqlLiterals.text(password));
            return scratch;
        } catch (SkeinException e) {
            host.close();
            throw e;
        }
    }

    /** {@link #start} of one whose databases are used by its superuser; for what is trusted. */
    public static ScratchServer startTrusted(PgClient client, PostgresPrograms programs) {
        var host = OwnHost.start(client, programs, OwnHost.SUPERUSER, "");
        return new ScratchServer(client, host, newRun());
    }

    /**
     * Uses somebody else's server, with the rights of who connects there, who must be allowed to
     * create databases. What earlier programs have left there is dropped.
     *
     * @param address a database to make others from
     */
    public static ScratchServer at(PgClient client, DatabaseAddress address) {
        var run = newRun();
        return new ScratchServer(client, RemoteHost.open(client, address, run), run);
    }

    private static String newRun() {
        return UUID.randomUUID().toString().substring(0, 8);
    }

    /** The major version of its databases. */
    public int major() {
        return host.major();
    }

    /** A new, empty database. */
    public ScratchDatabase database() {
        return create("template0");
    }

    ScratchDatabase create(String template) {
        var name = PREFIX + run + "_" + number.incrementAndGet();
        client.letGo(address(template));
        administer(
                "CREATE DATABASE "
                        + SqlLiterals.name(name)
                        + " TEMPLATE "
                        + SqlLiterals.name(template)
                        + " OWNER "
                        + SqlLiterals.name(host.owner())
                        + host.options());
        if (host instanceof RemoteHost) {
            administer(
                    "COMMENT ON DATABASE "
                            + SqlLiterals.name(name)
                            + " IS "
                            + SqlLiterals.text(MARK));
        }
        return new ScratchDatabase(this, name);
    }

    void drop(String name) {
        client.letGo(address(name));
        administer("DROP DATABASE IF EXISTS " + SqlLiterals.name(name) + " WITH (FORCE)");
    }

    /** Makes a role that a schema mentions; it can own and be granted, and never log in. */
    public void role(String name) {
        roles.add(name);
    }

    private void administer(String sql) {
        try (var session =
                client.open(host.administered(host.maintenance()), "skein scratch", Map.of())) {
            session.script(sql, QUERY_TIMEOUT);
        }
    }

    PgSession open(String database) {
        return client.open(address(database), "skein scratch", Map.of());
    }

    /** The role is let in without triggers once, since only a superuser may ask for that inside. */
    PgSession openFilling(String database) {
        var setting =
                "ALTER ROLE "
                        + SqlLiterals.name(host.owner())
                        + " IN DATABASE "
                        + SqlLiterals.name(database);
        administer(setting + " SET session_replication_role = replica");
        try {
            return unkept.open(address(database), "skein scratch", Map.of());
        } finally {
            administer(setting + " RESET session_replication_role");
        }
    }

    String restore(Path archive, String database) {
        return ScratchRestore.run(host, address(database), archive);
    }

    DatabaseAddress address(String database) {
        return host.owned(database);
    }

    PgClient client() {
        return client;
    }

    ScratchHost host() {
        return host;
    }

    /** Ends it at once and deletes its files; of somebody else's server, drops what was made. */
    @Override
    public void close() {
        try {
            if (host instanceof RemoteHost) {
                roles.dropAll();
            }
        } finally {
            client.close();
            host.close();
        }
    }
}
