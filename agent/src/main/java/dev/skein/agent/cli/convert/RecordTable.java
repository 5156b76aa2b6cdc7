// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert;

import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A table in which a tool records what it applied.
 *
 * @param column one that tells it from another tool's table of the same name; absent for none
 * @param query its rows, in the order they were applied
 * @param id the revision's id of a row; the number counts rows of the same text, from 1
 * @param means what its rows stand for
 */
record RecordTable(
        String name,
        @Nullable String column,
        String query,
        BiFunction<String, Integer, String> id,
        Meaning means) {
    /** What rows stand for. */
    enum Meaning {
        /** The heads alone. */
        HEADS,
        /** Everything that was applied. */
        ALL,
        /** The last one; whatever is below it was applied, too. */
        LAST
    }

    /** The tables that are known; of two with one name, the first whose column is there. */
    static final List<RecordTable> KNOWN =
            List.of(
                    new RecordTable(
                            "alembic_version",
                            null,
                            "SELECT version_num FROM %s",
                            RecordTable::same,
                            Meaning.HEADS),
                    new RecordTable(
                            "flyway_schema_history",
                            null,
                            "SELECT CASE WHEN success THEN '' ELSE 'dirty ' END || id FROM (SELECT"
                                + " DISTINCT ON (coalesce(version, 'R_' || description))"
                                + " coalesce(version, 'R_' || description) AS id, installed_rank,"
                                + " success, type FROM %s WHERE type <> 'SCHEMA' ORDER BY 1,"
                                + " installed_rank DESC) s WHERE type NOT LIKE 'UNDO%%' AND type <>"
                                + " 'DELETE' ORDER BY installed_rank",
                            (text, number) ->
                                    text.startsWith("R_")
                                            ? Texts.id(text)
                                            : FlywayProject.version(text),
                            Meaning.ALL),
                    new RecordTable(
                            "__diesel_schema_migrations",
                            null,
                            "SELECT version FROM %s ORDER BY version",
                            RecordTable::same,
                            Meaning.ALL),
                    new RecordTable(
                            "goose_db_version",
                            null,
                            "SELECT id FROM (SELECT DISTINCT ON (version_id) version_id::text AS"
                                + " id, version_id, is_applied FROM %s WHERE version_id > 0 ORDER"
                                + " BY version_id, id DESC) s WHERE is_applied ORDER BY version_id",
                            RecordTable::same,
                            Meaning.ALL),
                    new RecordTable(
                            "schema_migrations",
                            "dirty",
                            "SELECT CASE WHEN dirty THEN 'dirty ' ELSE '' END || version FROM %s",
                            RecordTable::same,
                            Meaning.LAST),
                    new RecordTable(
                            "schema_migrations",
                            null,
                            "SELECT version::text FROM %s ORDER BY version",
                            RecordTable::same,
                            Meaning.ALL),
                    new RecordTable(
                            "sqitch.changes",
                            null,
                            "SELECT change FROM %s WHERE project = $1 ORDER BY committed_at",
                            SqitchPlan::idOf,
                            Meaning.ALL));

    private static String same(String text, int number) {
        return text;
    }
}
