// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.journal;

import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.postgres.SqlLiterals;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far a batched data change has come on one target. Its table exists from the first such change
 * on; there is at most one row per target. Keys are in the server's text form.
 *
 * @param checksum of the script that began it
 * @param up whether the upgrade, or the downgrade
 * @param low the first key when it began
 * @param high the last key when it began; rows that come later are not its business
 * @param done the last key that is done; absent before the first batch
 */
public record BatchProgress(
        String revision,
        String checksum,
        boolean up,
        String low,
        String high,
        @Nullable String done,
        long rows) {
    private static final Duration QUERY_TIMEOUT = Duration.ofMinutes(1);

    /** Creates the table where it is missing, one creator at a time. */
    public static final String CREATE =
            """
            SELECT pg_advisory_xact_lock(%s); CREATE TABLE IF NOT EXISTS skein.batch (target name
                PRIMARY KEY, revision text NOT NULL, checksum text NOT NULL, up boolean NOT NULL,
                low text NOT NULL, high text NOT NULL, done text, rows bigint NOT NULL DEFAULT 0,
                began timestamptz NOT NULL DEFAULT now())
            """
                    .formatted(JournalCreation.LOCK);

    /** Reads it; nothing where no batched change is under way. */
    public static Optional<BatchProgress> read(PgSession session, String target) {
        var exists = session.script("SELECT to_regclass('skein.batch') IS NOT NULL", QUERY_TIMEOUT);
        if (!exists.iterator().next().getBoolean(0)) {
            return Optional.empty();
        }
        var rows =
                session.script(
                        """
                        SELECT revision, checksum, up, low, high, done, rows FROM skein.batch WHERE target = %s
                        """
                                .formatted(SqlLiterals.text(target)),
                        QUERY_TIMEOUT);
        return rows.size() == 0 ? Optional.empty() : Optional.of(of(rows.iterator().next()));
    }

    private static BatchProgress of(Row row) {
        return new BatchProgress(
                row.getString("revision"),
                row.getString("checksum"),
                row.getBoolean("up"),
                row.getString("low"),
                row.getString("high"),
                row.getString("done"),
                row.getLong("rows"));
    }

    /** The statement that begins it. */
    public String begin(String target) {
        return """
        INSERT INTO skein.batch(target, revision, checksum, up, low, high) \
        VALUES (%s, %s, %s, %s, %s, %s)\
        """
                .formatted(
                        SqlLiterals.text(target),
                        SqlLiterals.text(revision),
                        SqlLiterals.text(checksum),
                        String.valueOf(up),
                        SqlLiterals.text(low),
                        SqlLiterals.text(high));
    }

    /** The statement that notes one batch more; aborts where it is not the next one. */
    public String advance(String target, String to, long count, String nonce) {
        return """
        WITH moved AS (UPDATE skein.batch SET done = %s, rows = rows + %s \
        WHERE target = %s AND revision = %s AND done IS NOT DISTINCT FROM %s \
        AND current_setting('skein.nonce', true) = '%s' RETURNING 1) SELECT %s\
        """
                .formatted(
                        SqlLiterals.text(to),
                        String.valueOf(count),
                        SqlLiterals.text(target),
                        SqlLiterals.text(revision),
                        SqlLiterals.nullable(done),
                        nonce,
                        AbortCondition.unless(
                                "(SELECT count(*) FROM moved) = 1",
                                AbortCondition.TRANSACTION_ENDED,
                                "the batch's place moved, or the script ended the transaction"));
    }

    /** The statement that ends it. */
    public static String end(String target) {
        return "DELETE FROM skein.batch WHERE target = " + SqlLiterals.text(target);
    }

    /** The same after one batch more. */
    public BatchProgress after(String to, long count) {
        return new BatchProgress(revision, checksum, up, low, high, to, rows + count);
    }
}
