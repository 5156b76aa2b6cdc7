// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.embed;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import dev.skein.engine.execute.Migrator;
import dev.skein.engine.execute.order.AcceptedDrift;
import dev.skein.engine.execute.order.Brake;
import dev.skein.engine.execute.order.Goal;
import dev.skein.engine.execute.order.Limits;
import dev.skein.engine.execute.order.MigrationOrder;
import dev.skein.engine.execute.order.Outcome;
import dev.skein.engine.execute.order.Progress;
import dev.skein.engine.execute.order.Scope;
import dev.skein.engine.journal.Author;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.script.RevisionFolder;
import dev.skein.engine.script.ScriptParser;
import dev.skein.engine.script.Scripts;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A set of revisions that a program carries, and what brings a database to them. Immutable; calls
 * block until the database is there, so not on an event loop.
 *
 * <p>When a program starts:
 *
 * <pre>{@code
 * Migrations.in(Path.of("revisions")).upgrade("postgresql://app:secret@db.example.com/app");
 * }</pre>
 *
 * <p>In a test, with the address that the test's PostgreSQL has, such as Quarkus's or Spring's
 * {@code jdbc:} url or Testcontainers' {@code getJdbcUrl()}:
 *
 * <pre>{@code
 * @BeforeEach
 * void schema() {
 *     Migrations.onClassPath("revisions").upgrade(jdbcUrl, "app", "secret");
 * }
 * }</pre>
 *
 * <p>For one tenant's schema, up to a revision, in the name of a job:
 *
 * <pre>{@code
 * Migrations.in(folder).as("nightly").scope(Scope.schema("tenant_7")).upgrade(address, "3f2a");
 * }</pre>
 */
public final class Migrations {
    private final Scripts scripts;
    private final String actor;
    private final Scope scope;
    private final Limits limits;
    private final @Nullable PgClient client;
    private final @Nullable AcceptedDrift drift;

    private Migrations(
            Scripts scripts,
            String actor,
            Scope scope,
            Limits limits,
            @Nullable PgClient client,
            @Nullable AcceptedDrift drift) {
        this.scripts = scripts;
        this.actor = actor;
        this.scope = scope;
        this.limits = limits;
        this.client = client;
        this.drift = drift;
    }

    private static Migrations of(Scripts scripts) {
        var user = System.getProperty("user.name", "unknown");
        return new Migrations(scripts, user, Scope.DATABASE, Limits.DEFAULT, null, null);
    }

    /**
     * The revisions of a folder.
     *
     * @throws SkeinException for a file that is no revision, with file and line
     */
    public static Migrations in(Path folder) {
        return of(new RevisionFolder(folder).load());
    }

    /**
     * The revisions of a folder on the class path, in a jar or not.
     *
     * @param folder without a leading slash, for example {@code db/revisions}
     * @throws SkeinException if the folder is not there, or a file in it is no revision
     */
    public static Migrations onClassPath(String folder) {
        return of(ClassPathFolder.load(folder));
    }

    /**
     * Revisions by file name and text.
     *
     * @throws SkeinException for a text that is no revision, with its line
     */
    public static Migrations of(Map<String, String> files) {
        return of(
                Scripts.of(
                        files.entrySet().stream()
                                .map(f -> ScriptParser.parse(f.getKey(), f.getValue()))
                                .toList()));
    }

    /** The same in somebody's name, which the journal keeps; else it is the system's user. */
    public Migrations as(String name) {
        return new Migrations(scripts, name, scope, limits, client, drift);
    }

    /** The same for a tenant's schema. */
    public Migrations scope(Scope other) {
        return new Migrations(scripts, actor, other, limits, client, drift);
    }

    /** The same within other limits. */
    public Migrations within(Limits other) {
        return new Migrations(scripts, actor, scope, other, client, drift);
    }

    /** The same over somebody's event loops; else each call makes its own and ends them. */
    public Migrations over(PgClient other) {
        return new Migrations(scripts, actor, scope, limits, other, drift);
    }

    /** The same where a schema may be otherwise than its last run left it. */
    public Migrations accepting(AcceptedDrift accepted) {
        return new Migrations(scripts, actor, scope, limits, client, accepted);
    }

    /**
     * Upgrades to all heads.
     *
     * @param url {@code postgresql://user:password@host:port/database}
     * @throws SkeinException if the database is not there afterwards
     */
    public Outcome.Done upgrade(String url) {
        return upgrade(DatabaseAddress.parse(url), "heads");
    }

    /**
     * Upgrades to all heads.
     *
     * @param url as above, or with {@code jdbc:} or {@code vertx-reactive:} before it
     * @throws SkeinException if the database is not there afterwards
     */
    public Outcome.Done upgrade(String url, String user, String password) {
        return upgrade(address(url, user, password), "heads");
    }

    /**
     * Upgrades to a target.
     *
     * @param target as on the command line: {@code heads}, {@code +1}, an id or its beginning
     * @throws SkeinException if the database is not there afterwards
     */
    public Outcome.Done upgrade(DatabaseAddress address, String target) {
        return run(address, new Goal.Upgrade(target));
    }

    /**
     * Takes revisions back.
     *
     * @param target as on the command line: {@code base}, {@code -1}, an id or its beginning
     * @throws SkeinException if the database is not there afterwards
     */
    public Outcome.Done downgrade(DatabaseAddress address, String target) {
        return run(address, new Goal.Downgrade(target));
    }

    /** An address from a url without a user, as other libraries write it. */
    public static DatabaseAddress address(String url, String user, String password) {
        var bare = url.replaceFirst("^(jdbc|vertx-reactive):", "");
        return DatabaseAddress.of(bare, user, password);
    }

    private Outcome.Done run(DatabaseAddress address, Goal goal) {
        if (client != null) {
            return run(client, address, goal);
        }
        try (var own = PgClient.create()) {
            return run(own, address, goal);
        }
    }

    private Outcome.Done run(PgClient over, DatabaseAddress address, Goal goal) {
        var author = new Author(actor, null, null);
        var order =
                new MigrationOrder(address, scope, scripts, goal, author, limits).withDrift(drift);
        var outcome = new Migrator(over, Clock.systemUTC()).run(order, Brake.OFF, Progress.NONE);
        return switch (outcome) {
            case Outcome.Done done -> done;
            case Outcome.Refused refused -> throw refused.reason();
            case Outcome.Lost lost -> throw lost.reason();
            case Outcome.Occupied occupied -> throw occupied.reason();
            case Outcome.Failed failed -> throw failed.error();
            case Outcome.Held h -> throw unexpected(address);
            case Outcome.Answered a -> throw unexpected(address);
            case Outcome.Superseded s -> throw unexpected(address);
        };
    }

    /** Only brakes and generations lead there, and neither is used here. */
    private static SkeinException unexpected(DatabaseAddress address) {
        return new SkeinException(
                ErrorCode.FAILED, "Database " + address, "it could not be brought up to date", "");
    }
}
