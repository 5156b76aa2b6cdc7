// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert.record;

import dev.skein.agent.cli.convert.project.FlywayProject;
import dev.skein.agent.cli.convert.source.ForeignTexts;
import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.postgres.SqlLiterals;
import dev.skein.engine.revision.Revision;
import dev.skein.engine.revision.RevisionGraph;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What another tool recorded in a database.
 *
 * @param table where
 * @param heads the revisions that it stands for
 */
public record RecordedMigrations(String table, List<String> heads) {
    private static final Pattern PART = Pattern.compile("\"(?:[^\"]|\"\")+\"|[^.\"]+");

    public RecordedMigrations {
        heads = List.copyOf(heads);
    }

    /**
     * Looks for the tables that are known. Of several, the one counts whose record fits the
     * revisions: a database may have been migrated by another project, too.
     *
     * @param schema where the tables are; empty for the search path's schemas
     * @throws SkeinException if there is none, or more than one, or one that does not fit
     */
    public static RecordedMigrations find(PgSession session, String schema, RevisionGraph graph) {
        var found = known(session, schema);
        if (found.isEmpty()) {
            throw SkeinException.usage(
                    session.subject(),
                    "no other tool's record is in it",
                    "Name its table, skein adopt --record TABLE, or say where it stands: skein"
                            + " stamp HEADS");
        }
        var readings =
                found.entrySet().stream()
                        .map(t -> new Reading(session, t.getValue(), t.getKey(), graph))
                        .toList();
        return readings.size() == 1 ? readings.getFirst().read() : fitting(readings).read();
    }

    private static Map<String, RecordTable> known(PgSession session, String schema) {
        var found = new LinkedHashMap<String, RecordTable>();
        for (var table : RecordTable.KNOWN) {
            var name = table.name().contains(".") ? table.name() : qualified(schema, table.name());
            if (!found.containsKey(name) && lacking(session, name, table).isEmpty()) {
                found.put(name, table);
            }
        }
        return found;
    }

    private static Reading fitting(List<Reading> readings) {
        var fitting = readings.stream().filter(Reading::fits).toList();
        if (fitting.size() != 1) {
            throw SkeinException.usage(
                    readings.getFirst().session().subject(),
                    "several tools recorded here: "
                            + readings.stream()
                                    .map(Reading::name)
                                    .collect(Collectors.joining(", ")),
                    "Name the one that counts: skein adopt --record TABLE");
        }
        return fitting.getFirst();
    }

    /**
     * Reads the table that was named, as the tool's whose columns it has.
     *
     * @param named as {@code table} or {@code schema.table}, as written in the catalog; in quotes
     *     where a point is in it
     * @param schema where the table is, if that is not said
     * @throws SkeinException if there is no such table, or one of no known tool
     */
    public static RecordedMigrations in(
            PgSession session, String named, String schema, RevisionGraph graph) {
        var parts = parts(named);
        var name =
                qualified(
                        parts.size() == 2 ? parts.getFirst() : schema,
                        SqlLiterals.name(parts.getLast()));
        for (var table : RecordTable.KNOWN) {
            if (lacking(session, name, table).isEmpty()) {
                return new Reading(session, table, name, graph).read();
            }
        }
        throw unknown(session, named, name);
    }

    private static SkeinException unknown(PgSession session, String named, String name) {
        return SkeinException.usage(
                session.subject(),
                isThere(session, name)
                        ? "the table " + named + " has the columns of no tool that is known"
                        : "there is no table " + named,
                "Known are those of " + tools() + "; or say where it stands: skein stamp HEADS");
    }

    private static boolean isThere(PgSession session, String name) {
        return session.query("SELECT to_regclass($1) IS NOT NULL", name)
                .iterator()
                .next()
                .getBoolean(0);
    }

    private static String tools() {
        return RecordTable.KNOWN.stream()
                .map(RecordTable::tool)
                .distinct()
                .sorted(String.CASE_INSENSITIVE_ORDER)
                .collect(Collectors.joining(", "));
    }

    private static List<String> parts(String named) {
        var parts = new ArrayList<String>();
        var m = PART.matcher(named);
        while (m.find()) {
            var part = m.group();
            parts.add(
                    part.startsWith("\"")
                            ? part.substring(1, part.length() - 1).replace("\"\"", "\"")
                            : part);
        }
        return parts.isEmpty() || parts.size() > 2 ? List.of(named) : parts;
    }

    private static String qualified(String schema, String table) {
        return schema.isEmpty() ? table : SqlLiterals.name(schema) + "." + table;
    }

    /** The columns of a tool's that a table does not have; all of them where there is none. */
    private static List<String> lacking(PgSession session, String name, RecordTable table) {
        var lacking = new ArrayList<>(table.columns());
        session.query(
                        """
                        SELECT attname, format_type(atttypid, atttypmod)
                        FROM pg_attribute
                        WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped
                        """,
                        name)
                .forEach(row -> {
                    lacking.remove(row.getString(0));
                    lacking.remove(row.getString(0) + " " + row.getString(1));
                });
        return lacking;
    }

    /** One table, read against a graph. */
    private record Reading(PgSession session, RecordTable table, String name, RevisionGraph graph) {

        RecordedMigrations read() {
            var known = matched(ids());
            known.addAll(belowBaseline());
            var heads =
                    switch (table.means()) {
                        case HEADS -> graph.sorted(known);
                        case LAST -> List.copyOf(graph.headsOf(known));
                        case ALL -> whole(known);
                    };
            return new RecordedMigrations(name, heads);
        }

        /** Whether it records something, and nothing that these revisions do not have. */
        boolean fits() {
            if (isShared() && projects().size() != 1) {
                return false;
            }
            var recorded = ids();
            var byNumber = byNumber();
            return !recorded.isEmpty()
                    && recorded.stream()
                            .allMatch(id ->
                                    baselines().contains(id) || fitting(id, byNumber).isPresent());
        }

        private boolean isShared() {
            return table.query().contains("$1");
        }

        private Set<String> ids() {
            var applied = new LinkedHashSet<String>();
            var times = new HashMap<String, Integer>();
            for (var row : rows()) {
                var text = row.getString(0);
                if (text.startsWith("dirty ")) {
                    throw SkeinException.failed(
                            session.subject(),
                            name + " calls version " + text.substring(6) + " dirty: half applied",
                            "Repair it with the other tool first");
                }
                applied.add(table.id().apply(text, times.merge(text, 1, Integer::sum)));
            }
            return applied;
        }

        private RowSet<Row> rows() {
            var query = table.query().formatted(name);
            if (!isShared()) {
                return session.query(query);
            }
            var ours = projects();
            if (ours.size() != 1) {
                throw SkeinException.usage(
                        session.subject(),
                        name
                                + " has no record of this project alone; in it are: "
                                + String.join(", ", allProjects()),
                        "Import one of these, or say where it stands: skein stamp HEADS");
            }
            return session.query(query, ours.getFirst());
        }

        /**
         * One registry of Sqitch holds many projects; the revisions' first label is their project's
         * name, where they were imported with one.
         */
        private List<String> projects() {
            var labels = graph.inOrder().stream().flatMap(r -> r.labels().stream()).toList();
            return allProjects().stream()
                    .filter(p ->
                            labels.isEmpty() ? isKnown(p) : labels.contains(ForeignTexts.id(p)))
                    .toList();
        }

        private List<String> allProjects() {
            var projects = new ArrayList<String>();
            session.query("SELECT DISTINCT project FROM " + name + " ORDER BY 1")
                    .forEach(row -> projects.add(row.getString(0)));
            return projects;
        }

        private boolean isKnown(String project) {
            var times = new HashMap<String, Integer>();
            for (var row : session.query(table.query().formatted(name), project)) {
                var change = row.getString(0);
                int number = times.merge(change, 1, Integer::sum);
                if (!graph.contains(table.id().apply(change, number))) {
                    return false;
                }
            }
            return true;
        }

        private Set<String> matched(Set<String> applied) {
            var byNumber = byNumber();
            var known = new LinkedHashSet<String>();
            var missing = new ArrayList<String>();
            for (var id : applied) {
                var fitting = fitting(id, byNumber);
                if (fitting.isPresent()) {
                    known.add(fitting.get());
                } else if (!baselines().contains(id)) {
                    missing.add(id);
                }
            }
            refuse(missing);
            return known;
        }

        private void refuse(List<String> missing) {
            if (!missing.isEmpty()) {
                throw SkeinException.failed(
                        session.subject(),
                        name
                                + " records "
                                + String.join(", ", missing)
                                + ", which these revisions do not have",
                        "Import the project as it was when they were applied");
            }
        }

        private Map<String, String> byNumber() {
            var byNumber = new HashMap<String, String>();
            graph.inOrder().forEach(r -> byNumber.putIfAbsent(bare(r.id()), r.id()));
            return byNumber;
        }

        /**
         * The revision that a record means: it may lack the zeros that stand before its number in a
         * file's name, or be the file's whole name.
         */
        private Optional<String> fitting(String recorded, Map<String, String> byNumber) {
            var name = recorded.replaceFirst("\\.sql$", "");
            return Stream.of(
                            recorded,
                            ForeignTexts.id(name),
                            name.replaceFirst("(?<=^\\d{1,40})\\D.*", ""))
                    .map(id -> graph.contains(id) ? id : byNumber.get(bare(id)))
                    .filter(Objects::nonNull)
                    .findFirst();
        }

        private static String bare(String id) {
            return id.replaceAll("^0+(?=\\w)", "");
        }

        /** Flyway's baselines: whatever stands below one was there before Flyway was. */
        private Set<String> baselines() {
            var versions = new HashSet<String>();
            if (table.tool().equals(RecordTable.FLYWAY)) {
                session.query(
                                "SELECT version FROM "
                                        + name
                                        + " WHERE success AND type IN ('BASELINE', 'SQL_BASELINE')")
                        .forEach(row -> versions.add(FlywayProject.version(row.getString(0))));
            }
            return versions;
        }

        private Set<String> belowBaseline() {
            var below = new HashSet<String>();
            for (var baseline : baselines()) {
                graph.inOrder().stream()
                        .map(Revision::id)
                        .filter(id -> Character.isDigit(id.charAt(0)))
                        .filter(id -> FlywayProject.compare(id, baseline) <= 0)
                        .forEach(below::add);
            }
            return below;
        }

        private List<String> whole(Set<String> known) {
            // A repeatable script runs again anyway, so what stands before it may be open.
            known.removeIf(
                    id -> id.startsWith("R_") && !known.containsAll(graph.closure(List.of(id))));
            var heads = graph.headsOf(known);
            var lacking = new HashSet<>(graph.closure(heads));
            lacking.removeAll(known);
            if (!lacking.isEmpty()) {
                throw SkeinException.failed(
                        session.subject(),
                        name + " lacks " + String.join(", ", graph.sorted(lacking)),
                        "Apply what is missing with the other tool first");
            }
            return List.copyOf(heads);
        }
    }
}
