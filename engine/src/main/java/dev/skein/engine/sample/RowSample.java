// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.sample;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import dev.skein.engine.catalog.PrintingSettings;
import dev.skein.engine.postgres.PgServerError;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.postgres.SqlLiterals;
import dev.skein.engine.scratch.ScratchDatabase;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Some rows of every table of a database, with all the rows that they refer to, brought to a
 * scratch database that has its tables. The source is read in one read-only transaction, and only
 * as many of its pages as the rows take.
 */
public final class RowSample {
    private static final Duration QUERY_TIMEOUT = Duration.ofMinutes(2);
    private static final int CHUNK = 500;
    private static final int ROUNDS = 200;

    private final PgSession source;
    private final PgSession scratch;
    private final int rows;
    private final Map<String, TableShape> tables = new HashMap<>();
    private long copied;

    private RowSample(PgSession source, PgSession scratch, int rows) {
        this.source = source;
        this.scratch = scratch;
        this.rows = rows;
    }

    /**
     * Fills a scratch database.
     *
     * @param source a session on the real database; nothing is written there
     * @param rows of each table at most, those that others refer to not counted
     * @return how many rows came
     * @throws SkeinException where the source's tables are not those of the scratch database
     */
    public static long take(PgSession source, ScratchDatabase scratch, int rows) {
        try (var filling = scratch.openFilling()) {
            source.script(
                    """
                    BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
                    SET LOCAL search_path = pg_catalog;
                    SET LOCAL row_security = off;
                    %s\
                    """
                            .formatted(PrintingSettings.ALIKE_INSIDE),
                    QUERY_TIMEOUT);
            filling.script(
                    "SET search_path = pg_catalog; " + PrintingSettings.ALIKE, QUERY_TIMEOUT);
            var sample = new RowSample(source, filling, rows);
            try {
                return sample.fill();
            } finally {
                source.script("ROLLBACK", QUERY_TIMEOUT);
            }
        }
    }

    private long fill() {
        var there = new HashSet<String>();
        TableShape.ofDatabase(source).forEach(table -> there.add(table.name()));
        TableShape.partitioned(scratch).forEach(table -> tables.put(table.name(), table));
        for (var table : TableShape.ofDatabase(scratch)) {
            tables.put(table.name(), table);
            if (there.contains(table.name())) { // partitions may differ from place to place
                copy(table, some(table), null);
            }
        }
        complete();
        SequenceSample.take(source, scratch);
        return copied;
    }

    /** Reads about as many pages as the rows take, wherever they are. */
    private String some(TableShape table) {
        double estimate =
                number(
                        "SELECT greatest(reltuples, 0)::float8 FROM pg_class WHERE oid = "
                                + SqlLiterals.text(table.name())
                                + "::regclass");
        var percent = estimate < rows * 10.0 ? 100 : Math.min(100, 300.0 * rows / estimate);
        var part = percent >= 100 ? "" : " TABLESAMPLE SYSTEM (" + percent + ")";
        return " FROM ONLY " + table.name() + part + " LIMIT " + rows;
    }

    private double number(String sql) {
        return source.script(sql, QUERY_TIMEOUT).iterator().next().getDouble(0);
    }

    private void copy(TableShape table, String from, String @Nullable [] keys) {
        var read = "SELECT " + table.packed() + from;
        try {
            copy(
                    table,
                    keys == null
                            ? source.script(read, QUERY_TIMEOUT)
                            : source.query(read, (Object) keys));
        } catch (PgServerError e) {
            throw new SkeinException(
                    ErrorCode.FAILED,
                    "Sample of " + table.name(),
                    e.discreetMessage() + " (" + e.sqlState() + ")",
                    "Its tables are not what the revisions left; see: skein diff",
                    e);
        }
    }

    private void copy(TableShape table, RowSet<Row> found) {
        var chunk = new ArrayList<String>();
        for (var row : found) {
            chunk.add(row.getString(0));
            if (chunk.size() == CHUNK) {
                insert(table, chunk);
            }
        }
        insert(table, chunk);
    }

    private void insert(TableShape table, List<String> chunk) {
        if (!chunk.isEmpty()) {
            scratch.query(table.insert(), (Object) chunk.toArray(String[]::new));
            copied += chunk.size();
            chunk.clear();
        }
    }

    /** Fetches what rows refer to, and what that refers to, until nothing is missing. */
    private void complete() {
        var keys = ForeignKey.ofDatabase(scratch);
        Set<ForeignKey> done = new HashSet<>();
        for (int round = 0; round < ROUNDS && done.size() < keys.size(); round++) {
            for (var key : keys) {
                if (fetch(key)) {
                    done.clear();
                } else {
                    done.add(key);
                }
            }
        }
    }

    private boolean fetch(ForeignKey key) {
        var parent = tables.get(key.parent());
        var values = new ArrayList<String>();
        for (Row row : scratch.script(key.missing(), QUERY_TIMEOUT)) {
            values.add(row.getString(0));
        }
        if (parent == null || values.isEmpty()) {
            return false;
        }
        long before = copied;
        copy(
                parent,
                " FROM %s WHERE %s".formatted(key.parent(), key.among()),
                values.toArray(String[]::new));
        return copied > before;
    }
}
