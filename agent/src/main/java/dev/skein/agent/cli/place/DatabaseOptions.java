// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.place;

import dev.skein.engine.Glob;
import dev.skein.engine.SkeinException;
import dev.skein.engine.execute.order.Scope;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.postgres.Unreachable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which databases a command is about, of which project. */
public final class DatabaseOptions {
    private static final String SCHEMAS =
            """
            SELECT nspname::text FROM pg_namespace
            WHERE nspname NOT LIKE 'pg\\_%' AND nspname NOT IN ('information_schema', 'skein')
            ORDER BY nspname COLLATE "C"
            """;

    @Mixin private final ProjectOptions project = new ProjectOptions();

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

    /** The project whose databases they are. */
    public ProjectOptions project() {
        return project;
    }

    /** The only database this command is about. */
    public DatabasePlace onlyPlace() {
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
    public List<DatabasePlace> places(PgClient client) {
        var places = databases();
        if (schemas.isEmpty()) {
            return places;
        }
        var found = new ArrayList<DatabasePlace>();
        for (var place : places) {
            try {
                found.addAll(tenants(client, place));
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

    private List<DatabasePlace> tenants(PgClient client, DatabasePlace place) {
        var wanted = schemas.stream().map(Glob::of).toList();
        var found = new ArrayList<DatabasePlace>();
        try (var session = PlaceSession.open(client, place)) {
            for (var row : session.query(SCHEMAS)) {
                var name = row.getString(0);
                if (wanted.stream().anyMatch(glob -> glob.matches(name))) {
                    found.add(place.schema(scope(name)));
                }
            }
        }
        if (found.isEmpty()) {
            throw PlaceSession.noSchema(place, String.join(", ", schemas));
        }
        return found;
    }

    private Scope scope(String schema) {
        return new Scope(schema, shared, null);
    }

    private List<DatabasePlace> databases() {
        var places = new ArrayList<DatabasePlace>();
        urls.forEach(url -> places.add(DatabasePlace.byUrl(url)));
        if (all || !names.isEmpty() || places.isEmpty()) {
            places.addAll(project.named(names, all));
        }
        return places.stream().distinct().toList(); // one that is named twice is one
    }

    /** The heads of the only database; none without a journal. */
    public Set<String> currentHeads() {
        try (var client = CommandClient.take()) {
            var place = onlyPlace();
            try (var session = PlaceSession.open(client, place)) {
                var state = PlaceSession.read(session, place);
                return Set.copyOf(state.map(JournalState::heads).orElse(List.of()));
            }
        }
    }

    /** The same where a target counts from them; else none, and no database is asked. */
    public Set<String> currentHeads(String target) {
        var needed = target.contains("current") || target.startsWith("+") || target.startsWith("-");
        return needed ? currentHeads() : Set.of();
    }
}
