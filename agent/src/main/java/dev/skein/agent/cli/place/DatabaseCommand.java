// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.place;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.Glob;
import dev.skein.engine.SkeinException;
import dev.skein.engine.execute.order.Scope;
import dev.skein.engine.journal.BoundSchema;
import dev.skein.engine.journal.Journal;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.journal.UnreadableJournal;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.postgres.PgServerError;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.postgres.Unreachable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** What commands on databases share: which ones. */
public abstract class DatabaseCommand extends LocalCommand {
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final String SCHEMAS =
            """
            SELECT nspname::text FROM pg_namespace
            WHERE nspname NOT LIKE 'pg\\_%' AND nspname NOT IN ('information_schema', 'skein')
            ORDER BY nspname COLLATE "C"
            """;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "A database: postgresql://user@host:port/name; what is left out, and the"
                            + " password, is taken from where psql takes it (PGHOST, PGPASSWORD,"
                            + " ~/.pgpass, ...). May be repeated.")
    private List<String> urls = new ArrayList<>();

    @Option(
            names = {"-d", "--database"},
            paramLabel = "NAME",
            description = "A database of the project's file, by name. May be repeated.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--all", description = "All databases of the project's file.")
    private boolean all;

    @Option(
            names = "--schema",
            paramLabel = "PATTERN",
            description =
                    "Tenants are schemas in the database: one, or a pattern with *. May be"
                            + " repeated.")
    private List<String> schemas = new ArrayList<>();

    @Option(
            names = "--shared",
            paramLabel = "SCHEMA",
            defaultValue = "public",
            description = "What stands behind a tenant's schema in the search path.")
    private List<String> shared;

    private boolean anyFailed;

    /** The only database this command is about. */
    protected DatabasePlace one() {
        var places = databases();
        var isOne = schemas.size() <= 1 && schemas.stream().noneMatch(s -> s.contains("*"));
        if (places.size() > 1 || !isOne) {
            throw SkeinException.usage(
                    "Command", "it is about one database, and several are named", "Name one");
        }
        var place = places.getFirst();
        return schemas.isEmpty() ? place : place.schema(scope(schemas.getFirst()));
    }

    /** Every database and schema this command is about. */
    protected List<DatabasePlace> places(PgClient client) {
        var places = databases();
        if (schemas.isEmpty()) {
            return places;
        }
        var found = new ArrayList<DatabasePlace>();
        for (var place : places) {
            try {
                expand(client, place, found);
            } catch (Unreachable e) {
                if (places.size() == 1) {
                    throw e;
                }
                // The command tells of it where it comes to it, as of any that is not reached.
                found.add(place.schema(scope(schemas.getFirst())));
            }
        }
        return found;
    }

    /**
     * Does the same with each. What fails on one of several is told, and the others are gone on
     * with; see {@link #isAnyFailed}.
     */
    protected void eachOf(List<DatabasePlace> places, Consumer<DatabasePlace> work) {
        for (var place : places) {
            try {
                work.accept(place);
            } catch (SkeinException e) {
                if (places.size() == 1 || e.code() != ErrorCode.FAILED) {
                    throw e;
                }
                anyFailed = true;
                out().error(e);
            }
        }
    }

    /** Whether one of several could not be worked on. */
    protected boolean isAnyFailed() {
        return anyFailed;
    }

    private void expand(PgClient client, DatabasePlace place, List<DatabasePlace> found) {
        var wanted = schemas.stream().map(Glob::of).toList();
        var before = found.size();
        try (var session = open(client, place)) {
            for (var row : session.query(SCHEMAS)) {
                var name = row.getString(0);
                if (wanted.stream().anyMatch(glob -> glob.matches(name))) {
                    found.add(place.schema(scope(name)));
                }
            }
        }
        if (found.size() == before) {
            throw noSchema(place, String.join(", ", schemas));
        }
    }

    private Scope scope(String schema) {
        return new Scope(schema, shared, null);
    }

    private List<DatabasePlace> databases() {
        var places = new ArrayList<DatabasePlace>();
        urls.forEach(url -> places.add(byUrl(url)));
        if (all || !names.isEmpty() || places.isEmpty()) {
            places.addAll(named(names, all));
        }
        return places.stream().distinct().toList(); // one that is named twice is one
    }

    /** Where a target stands; nothing without a journal. */
    public Optional<JournalState> read(PgClient client) {
        var place = one();
        try (var session = open(client, place)) {
            return read(session, place);
        }
    }

    /** The heads of the only database; none without a journal. */
    protected Set<String> currentHeads() {
        try (var client = CommandClient.take()) {
            return Set.copyOf(read(client).map(JournalState::heads).orElse(List.of()));
        }
    }

    /** The same where a target counts from them; else none, and no database is asked. */
    protected Set<String> currentHeads(String target) {
        var needed = target.contains("current") || target.startsWith("+") || target.startsWith("-");
        return needed ? currentHeads() : Set.of();
    }

    /** Opens a session that is the server's own: several questions are asked in it. */
    public static PgSession open(PgClient client, DatabasePlace place) {
        var session = client.open(place.address(), "skein", Map.of());
        try {
            var backend = session.script("SELECT pg_backend_pid()", ANSWER).iterator().next();
            if (backend.getInteger(0) != session.processId()) {
                throw SkeinException.failed(
                        session.subject(), "this is a connection pooler", PgSession.POOLER_HINT);
            }
            return session;
        } catch (SkeinException e) {
            session.close();
            throw e;
        }
    }

    public static Optional<JournalState> read(PgSession session, DatabasePlace place) {
        var journal = new Journal(session, place.scope().schema());
        try {
            var state = journal.exists() ? journal.read() : Optional.<JournalState>empty();
            if (state.isEmpty() && journal.exists() && journal.isHollow()) {
                throw UnreadableJournal.hollow(session);
            }
            if (state.isEmpty()) {
                refuseWithoutSchema(session, place);
            }
            return state;
        } catch (PgServerError e) {
            throw UnreadableJournal.told(e, session);
        }
    }

    private static void refuseWithoutSchema(PgSession session, DatabasePlace place) {
        var schema = place.scope().schema();
        if (!schema.isEmpty() && BoundSchema.number(session, schema) == null) {
            throw noSchema(place, schema);
        }
    }

    private static SkeinException noSchema(DatabasePlace place, String schema) {
        return SkeinException.usage(
                "Database " + place.address(),
                "it has no schema like " + schema,
                "Create it, or correct the pattern");
    }

    public static String names(List<String> heads) {
        return heads.isEmpty() ? "base" : String.join(", ", heads);
    }
}
