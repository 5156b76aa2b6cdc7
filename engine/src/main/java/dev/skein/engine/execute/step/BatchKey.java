// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.step;

import dev.skein.engine.execute.order.MigrationFailed;
import dev.skein.engine.journal.BatchProgress;
import dev.skein.engine.postgres.SqlLiterals;
import dev.skein.engine.script.BatchDirective;
import java.time.Duration;
import java.util.Set;

/**
 * The key that a batched change walks along, and the questions about it.
 *
 * @param type as the server writes it, for literals
 */
record BatchKey(BatchDirective batch, String type) {
    private static final Set<String> TYPES = Set.of("smallint", "integer", "bigint", "uuid");

    /** Looks the key up; refuses one that cannot be walked along. */
    static BatchKey of(StepContext context, BatchDirective batch) {
        var rows = context.session().script(question(batch), Duration.ofMinutes(1));
        if (rows.size() == 0) {
            throw refused(context, batch, "there is no such table or column");
        }
        var row = rows.iterator().next();
        if (!TYPES.contains(row.getString(0))) {
            throw refused(context, batch, "the key is " + row.getString(0));
        }
        if (!row.getBoolean(1)) {
            throw refused(context, batch, "the key has no unique index of its own, or may be NULL");
        }
        return new BatchKey(batch, row.getString(0));
    }

    /** The column's type, and whether it alone tells rows apart. */
    private static String question(BatchDirective batch) {
        return """
        SELECT format_type(a.atttypid, a.atttypmod), EXISTS (SELECT FROM pg_index x WHERE
            x.indrelid = a.attrelid AND x.indisunique AND x.indisvalid AND x.indpred IS NULL
            AND x.indnkeyatts = 1 AND x.indkey[0] = a.attnum)
            AND a.attnotnull
        FROM pg_attribute a
        WHERE a.attrelid = to_regclass(%s)
            AND a.attnum > 0
            AND NOT a.attisdropped
            AND a.attname = (parse_ident(%s))[1]::name
        """
                .formatted(SqlLiterals.text(batch.table()), SqlLiterals.text(batch.key()));
    }

    private static MigrationFailed refused(
            StepContext context, BatchDirective batch, String found) {
        return context.failures()
                .of(
                        0,
                        context.section().line(),
                        "SK030",
                        "it cannot be walked as '" + batch + "': " + found,
                        "Name a table and its integer or uuid key");
    }

    String literal(String key) {
        return SqlLiterals.text(key) + "::" + type;
    }

    /** One row: the first and the last key, NULL where the table is empty. */
    String bounds() {
        // Qualified: ORDER BY a bare name would mean the text that is selected.
        var one = "(SELECT s.%1$s::text FROM %2$s s ORDER BY s.%1$s %3$s LIMIT 1)";
        return "SELECT "
                + one.formatted(batch.key(), batch.table(), "ASC")
                + ", "
                + one.formatted(batch.key(), batch.table(), "DESC");
    }

    /** One row: the next batch's first and last key and its size; NULL where none is left. */
    String next(BatchProgress progress) {
        var done = progress.done();
        var from =
                done == null
                        ? batch.key() + " >= " + literal(progress.low())
                        : batch.key() + " > " + literal(done);
        return """
        WITH s AS (SELECT %s AS k FROM %s WHERE %s AND %s <= %s ORDER BY 1 LIMIT %s) SELECT
            (SELECT s.k::text FROM s ORDER BY s.k LIMIT 1), (SELECT s.k::text
            FROM s ORDER BY s.k DESC LIMIT 1), (SELECT count(*) FROM s)
        """
                .formatted(
                        batch.key(),
                        batch.table(),
                        from,
                        batch.key(),
                        literal(progress.high()),
                        batch.rows());
    }
}
