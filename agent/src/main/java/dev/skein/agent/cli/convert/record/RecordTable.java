// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert.record;

import dev.skein.agent.cli.convert.project.FlywayProject;
import dev.skein.agent.cli.convert.project.SqitchPlan;
import dev.skein.agent.cli.convert.source.ForeignTexts;
import java.util.List;
import java.util.function.BiFunction;

/**
 * A table in which a tool records what it applied.
 *
 * @param tool whose it is
 * @param name that the table has where the tool was not told another one
 * @param columns that tell it from other tools' tables; with a type where that tells it, too
 * @param query its rows, in the order they were applied
 * @param id the revision's id of a row; the number counts rows of the same text, from 1
 * @param means what its rows stand for
 */
record RecordTable(
        String tool,
        String name,
        List<String> columns,
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

    static final String FLYWAY = "Flyway";

    private static final RecordTable FLYWAYS =
            new RecordTable(
                    FLYWAY,
                    "flyway_schema_history",
                    List.of("installed_rank", "version", "description", "type", "success"),
                    """
                    SELECT CASE WHEN success THEN '' ELSE 'dirty ' END || id
                    FROM (SELECT DISTINCT ON (coalesce(version, 'R_' || description)) coalesce(version, 'R_'
                        || description) AS id, installed_rank, success, type FROM %s WHERE type <> 'SCHEMA'
                        ORDER BY 1, installed_rank DESC) s
                    WHERE type NOT LIKE 'UNDO%%' AND type <> 'DELETE'
                    ORDER BY installed_rank
                    """,
                    (text, number) ->
                            text.startsWith("R_")
                                    ? ForeignTexts.id(text)
                                    : FlywayProject.version(text),
                    Meaning.ALL);

    /** The tables that are known; a table is of the first whose columns it has. */
    static final List<RecordTable> KNOWN =
            List.of(
                    FLYWAYS,
                    FLYWAYS.named("schema_version"), // before its version 5
                    new RecordTable(
                            "Prisma",
                            "_prisma_migrations",
                            List.of("migration_name", "finished_at", "rolled_back_at"),
                            """
                            SELECT CASE WHEN finished_at IS NULL THEN 'dirty ' ELSE '' END || migration_name
                            FROM %s
                            WHERE rolled_back_at IS NULL
                            ORDER BY started_at
                            """,
                            RecordTable::same,
                            Meaning.ALL),
                    new RecordTable(
                            "sqlx",
                            "_sqlx_migrations",
                            List.of("version", "installed_on", "success", "checksum"),
                            """
                            SELECT CASE WHEN success THEN '' ELSE 'dirty ' END || version FROM %s ORDER BY version
                            """,
                            RecordTable::same,
                            Meaning.ALL),
                    new RecordTable(
                            "Sqitch",
                            "sqitch.changes",
                            List.of("change", "project", "committed_at"),
                            "SELECT change FROM %s WHERE project = $1 ORDER BY committed_at",
                            SqitchPlan::idOf,
                            Meaning.ALL),
                    new RecordTable(
                            "goose",
                            "goose_db_version",
                            List.of("id", "version_id", "is_applied"),
                            """
                            SELECT id
                            FROM (SELECT DISTINCT ON (version_id) version_id::text AS id, version_id, is_applied
                                FROM %s WHERE version_id > 0 ORDER BY version_id, id DESC) s
                            WHERE is_applied
                            ORDER BY version_id
                            """,
                            RecordTable::same,
                            Meaning.ALL),
                    keepingEach("Diesel", "__diesel_schema_migrations", "version", "run_on"),
                    keepingEach("sql-migrate", "gorp_migrations", "id", "applied_at"),
                    keepingEach("node-pg-migrate", "pgmigrations", "name", "run_on"),
                    new RecordTable(
                            "golang-migrate",
                            "schema_migrations",
                            List.of("version", "dirty"),
                            "SELECT CASE WHEN dirty THEN 'dirty ' ELSE '' END || version FROM %s",
                            RecordTable::same,
                            Meaning.LAST),
                    new RecordTable(
                            "Alembic",
                            "alembic_version",
                            List.of("version_num"),
                            "SELECT version_num FROM %s",
                            RecordTable::same,
                            Meaning.HEADS),
                    new RecordTable(
                            "tern",
                            "schema_version",
                            List.of("version integer"),
                            "SELECT version::text FROM %s WHERE version > 0",
                            RecordTable::same,
                            Meaning.LAST),
                    keepingEach("dbmate or Rails", "schema_migrations", "version"));

    RecordTable {
        columns = List.copyOf(columns);
    }

    /** A table with a row for each that was applied, named in its first column. */
    private static RecordTable keepingEach(String tool, String name, String... columns) {
        return new RecordTable(
                tool,
                name,
                List.of(columns),
                "SELECT %s::text FROM %%s ORDER BY 1".formatted(columns[0]),
                RecordTable::same,
                Meaning.ALL);
    }

    /** The same under another name. */
    RecordTable named(String other) {
        return new RecordTable(tool, other, columns, query, id, means);
    }

    private static String same(String text, int number) {
        return text;
    }
}
