// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.store;

import dev.skein.api.rollout.RollbackPlanner;
import dev.skein.engine.backup.Backup;
import dev.skein.service.database.BatchRows;
import dev.skein.service.database.Db;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The catalogue of backups, as the databases' journals tell of them. */
@ApplicationScoped
public class BackupStore {
    private static final String SITE =
            """
            coalesce((SELECT f.site FROM fleet_database f WHERE f.uid = b.uid), (SELECT t.site
                FROM rollout_target t WHERE t.rollout = b.rollout AND t.uid = b.uid))
            """;
    private static final String COLUMNS =
            """
            SELECT uid, sha256, database, rollout, extent, file, taken_at, bytes, row_count, millis,
                trial, trial_says, %s
            FROM backup b
            """
                    .formatted(SITE);

    /**
     * A backup.
     *
     * @param trial {@code none}, {@code good}, {@code bad}, or {@code unknown} where it could not
     *     be tried
     * @param trialSays what was found, or why it could not be tried
     * @param site of the database; null where neither the fleet nor the rollout has it any more
     */
    public record Kept(
            String uid,
            String sha256,
            String database,
            String rollout,
            String extent,
            String file,
            Instant takenAt,
            long bytes,
            long rows,
            long millis,
            String trial,
            @Nullable String trialSays,
            @Nullable String site) {}

    /** Notes backups; one that is known stays as it is. */
    public void put(Db.Tx tx, List<Backup> backups) {
        if (backups.isEmpty()) {
            return;
        }
        var rows = new BatchRows<>(backups);
        tx.query(
                """
                INSERT INTO backup(uid, sha256, database, rollout, extent, file, taken_at, incarnation,
                    seq, bytes, row_count, millis)
                SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[],
                    $7::timestamptz[], $8::text[], $9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[])
                    AS b(uid, sha256)
                ORDER BY b.uid, b.sha256
                ON CONFLICT DO NOTHING
                """,
                rows.texts(Backup::uid),
                rows.texts(Backup::sha256),
                rows.texts(Backup::database),
                rows.texts(Backup::rollout),
                rows.texts(b -> b.extent().words()),
                rows.texts(Backup::file),
                rows.times(b -> b.at().atOffset(ZoneOffset.UTC)),
                rows.texts(Backup::incarnation),
                rows.longs(Backup::seq),
                rows.longs(Backup::bytes),
                rows.longs(Backup::rows),
                rows.longs(Backup::millis));
    }

    /**
     * A rollout's step on a database.
     *
     * @param incarnation the journal's, and
     * @param seq the number of the entry there
     */
    public record Step(String rollout, String uid, String incarnation, long seq) {}

    /** Notes steps, of each database the first one of a rollout. */
    public void began(Db.Tx tx, List<Step> steps) {
        if (steps.isEmpty()) {
            return;
        }
        tx.query(
                """
                INSERT INTO first_step AS f (rollout, uid, incarnation, seq)
                SELECT rollout, uid, incarnation, min(seq) FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[])
                    AS s(rollout, uid, incarnation, seq)
                GROUP BY rollout, uid, incarnation ORDER BY rollout, uid, incarnation
                ON CONFLICT (rollout, uid, incarnation) DO UPDATE SET seq = excluded.seq WHERE excluded.seq < f.seq
                """,
                steps.stream().map(Step::rollout).toArray(String[]::new),
                steps.stream().map(Step::uid).toArray(String[]::new),
                steps.stream().map(Step::incarnation).toArray(String[]::new),
                steps.stream().map(Step::seq).toArray(Long[]::new));
    }

    /**
     * Backups that fit, newest first, at most some hundred; null fits all.
     *
     * @param database its uid, name, or site/name
     */
    public List<Kept> find(Db.Tx tx, @Nullable String rollout, @Nullable String database) {
        return tx.list(
                """
                %sWHERE ($1::text IS NULL OR rollout = $1)
                    AND ($2::text IS NULL OR uid = $2 OR database = $2 OR (database = substring($2 FROM
                    '^[^/]+/(.*)$') AND %s = split_part($2, '/', 1)))
                ORDER BY taken_at DESC
                LIMIT 500
                """
                        .formatted(COLUMNS, SITE),
                BackupStore::kept,
                rollout,
                database);
    }

    /**
     * The backups that can put some of a rollout's databases back to before it: full, from before
     * its first step, and not found bad; the newest of them. By uid.
     */
    public Map<String, RollbackPlanner.Saved> before(
            Db.Tx tx, String rollout, Collection<String> uids) {
        var byUid = new HashMap<String, RollbackPlanner.Saved>();
        tx.query(
                        """
                        SELECT uid, sha256, millis FROM backup b
                        WHERE rollout = $1
                            AND uid = ANY ($2)
                            AND extent = 'full'
                            AND trial <> 'bad'
                            AND NOT EXISTS (SELECT FROM first_step f WHERE f.rollout = b.rollout
                            AND f.uid = b.uid AND f.incarnation = b.incarnation AND f.seq <= b.seq)
                        ORDER BY taken_at
                        """,
                        rollout,
                        uids.toArray(String[]::new))
                .forEach(row ->
                        byUid.put(
                                row.getString(0),
                                new RollbackPlanner.Saved(row.getString(1), row.getLong(2))));
        return byUid;
    }

    /** One backup of a wave that nobody has tried, any. */
    public Optional<Kept> untried(Db.Tx tx, String rollout, int wave) {
        return tx
                .list(
                        """
                        %sWHERE rollout = $1
                            AND trial = 'none'
                            AND uid IN (SELECT uid FROM rollout_target WHERE rollout = $1 AND wave = $2)
                        ORDER BY random() LIMIT 1
                        """
                                .formatted(COLUMNS),
                        BackupStore::kept,
                        rollout,
                        wave)
                .stream()
                .findFirst();
    }

    /** Notes how a trial ended. */
    public void tried(Db.Tx tx, String uid, String sha256, String trial, @Nullable String says) {
        tx.query(
                "UPDATE backup SET trial = $3, trial_says = $4 WHERE uid = $1 AND sha256 = $2",
                uid,
                sha256,
                trial,
                says);
    }

    private static Kept kept(Row row) {
        return new Kept(
                row.getString(0),
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getOffsetDateTime(6).toInstant(),
                row.getLong(7),
                row.getLong(8),
                row.getLong(9),
                row.getString(10),
                row.getString(11),
                row.getString(12));
    }
}
