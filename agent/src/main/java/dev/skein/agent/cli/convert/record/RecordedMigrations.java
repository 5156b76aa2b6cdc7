// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert.record;

import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.postgres.SqlLiterals;
import dev.skein.engine.revision.RevisionGraph;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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
                        .map(t -> new RecordReading(session, t.getValue(), t.getKey(), graph))
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

    private static RecordReading fitting(List<RecordReading> readings) {
        var fitting = readings.stream().filter(RecordReading::fits).toList();
        if (fitting.size() != 1) {
            throw SkeinException.usage(
                    readings.getFirst().session().subject(),
                    "several tools recorded here: "
                            + readings.stream()
                                    .map(RecordReading::name)
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
                return new RecordReading(session, table, name, graph).read();
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
}
