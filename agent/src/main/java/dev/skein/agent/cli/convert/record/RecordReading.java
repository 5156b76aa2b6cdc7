// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert.record;

import dev.skein.agent.cli.convert.project.FlywayProject;
import dev.skein.agent.cli.convert.source.ForeignTexts;
import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.revision.Revision;
import dev.skein.engine.revision.RevisionGraph;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** One table of another tool's, read against a graph. */
record RecordReading(PgSession session, RecordTable table, String name, RevisionGraph graph) {

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
                .filter(p -> labels.isEmpty() ? isKnown(p) : labels.contains(ForeignTexts.id(p)))
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
                            """
                            SELECT version FROM %s
                            WHERE success AND type IN ('BASELINE', 'SQL_BASELINE')
                            """
                                    .formatted(name))
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
        known.removeIf(id -> id.startsWith("R_") && !known.containsAll(graph.closure(List.of(id))));
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
