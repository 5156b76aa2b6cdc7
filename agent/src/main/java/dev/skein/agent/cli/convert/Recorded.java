// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert;

import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.revision.RevisionGraph;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * What another tool recorded in a database.
 *
 * @param table where
 * @param heads the revisions that it stands for
 */
public record Recorded(String table, List<String> heads) {
    public Recorded {
        heads = List.copyOf(heads);
    }

    /**
     * A tool's table.
     *
     * @param query its rows, in the order they were applied
     * @param id the revision's id of a row; the number counts rows of the same text, from 1
     * @param isHeads whether its rows are the heads, or everything that was applied
     */
    private record Table(
            String name, String query, BiFunction<String, Integer, String> id, boolean isHeads) {}

    private static final List<Table> TABLES =
            List.of(
                    new Table(
                            "alembic_version",
                            "SELECT version_num FROM %s",
                            (text, number) -> text,
                            true),
                    new Table(
                            "flyway_schema_history",
                            "SELECT coalesce(version, 'R_' || description) FROM %s WHERE success"
                                    + " AND type <> 'SCHEMA' ORDER BY installed_rank",
                            (text, number) ->
                                    text.startsWith("R_")
                                            ? Texts.id(text)
                                            : FlywayProject.version(text),
                            false),
                    new Table(
                            "__diesel_schema_migrations",
                            "SELECT version FROM %s ORDER BY version",
                            (text, number) -> text,
                            false),
                    new Table(
                            "sqitch.changes",
                            "SELECT change FROM %s ORDER BY committed_at",
                            SqitchProject::idOf,
                            false),
                    new Table(
                            "goose_db_version",
                            "SELECT version_id::text FROM %s WHERE is_applied AND version_id > 0"
                                    + " ORDER BY id",
                            (text, number) -> text,
                            false),
                    new Table(
                            "schema_migrations",
                            "SELECT version::text FROM %s ORDER BY version",
                            (text, number) -> text,
                            false));

    /**
     * Looks for the tables that are known.
     *
     * @throws SkeinException if there is none, or more than one, or one that does not fit
     */
    public static Recorded find(PgSession session, RevisionGraph graph) {
        var found = new ArrayList<Table>();
        for (var table : TABLES) {
            var rows = session.query("SELECT to_regclass($1) IS NOT NULL", table.name());
            if (rows.iterator().next().getBoolean(0)) {
                found.add(table);
            }
        }
        if (found.size() != 1) {
            var names = TABLES.stream().map(Table::name).toList();
            throw SkeinException.usage(
                    session.subject(),
                    found.isEmpty()
                            ? "no other tool's record is in it (looked for "
                                    + String.join(", ", names)
                                    + ")"
                            : "several tools recorded here: "
                                    + String.join(", ", found.stream().map(Table::name).toList()),
                    "Say where it stands: skein stamp");
        }
        return read(session, found.getFirst(), graph);
    }

    private static Recorded read(PgSession session, Table table, RevisionGraph graph) {
        var applied = new LinkedHashSet<String>();
        var times = new HashMap<String, Integer>();
        for (Row row : session.query(table.query().formatted(table.name()))) {
            var text = row.getString(0);
            applied.add(table.id().apply(text, times.merge(text, 1, Integer::sum)));
        }
        var known = matched(session, table, applied, graph);
        if (table.isHeads()) {
            return new Recorded(table.name(), graph.sorted(known));
        }
        return new Recorded(table.name(), whole(session, table, known, graph));
    }

    /** Recorded numbers may lack the zeros that stand before them in a file's name. */
    private static Set<String> matched(
            PgSession session, Table table, Set<String> applied, RevisionGraph graph) {
        var known = new LinkedHashSet<String>();
        var missing = new ArrayList<String>();
        for (var id : applied) {
            var fitting =
                    graph.inOrder().stream()
                            .map(r -> r.id())
                            .filter(other -> bare(other).equals(bare(id)))
                            .findFirst();
            fitting.ifPresentOrElse(known::add, () -> missing.add(id));
        }
        if (!missing.isEmpty()) {
            throw SkeinException.failed(
                    session.subject(),
                    table.name()
                            + " records "
                            + String.join(", ", missing)
                            + ", which these revisions do not have",
                    "Import the project as it was when they were applied");
        }
        return known;
    }

    private static String bare(String id) {
        return id.replaceAll("^0+(?=\\w)", "");
    }

    private static List<String> whole(
            PgSession session, Table table, Set<String> known, RevisionGraph graph) {
        var heads = graph.headsOf(known);
        var closure = graph.closure(heads);
        if (table.name().equals("flyway_schema_history")
                || table.name().equals("schema_migrations")) {
            return List.copyOf(heads); // a baseline, or the last number, stands for all below
        }
        closure.removeAll(known);
        if (!closure.isEmpty()) {
            throw SkeinException.failed(
                    session.subject(),
                    table.name() + " lacks " + String.join(", ", graph.sorted(closure)),
                    "Apply what is missing with the other tool first");
        }
        return List.copyOf(heads);
    }
}
