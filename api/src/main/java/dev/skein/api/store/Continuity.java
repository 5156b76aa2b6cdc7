// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.store;

import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.Unreachable;
import dev.skein.service.database.Db;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether this database is the one from which everything was published that is in the topics. That
 * holds for a while from each comparison on, by the database's clock: one that is restored from a
 * backup comes back with a time that is over, or with fewer comparisons than this process knows of,
 * so nothing is decided from it before it is compared.
 */
@ApplicationScoped
public class Continuity {
    private static final Duration GOOD = Duration.ofMinutes(2);
    private static final String SUBJECT = "The control plane";

    /** The last comparison that this process knows of: a database that does not is older. */
    private volatile long last;

    /**
     * Nothing is decided and nothing sent.
     *
     * @param found why, as a sentence without its full stop
     */
    public record Stop(Instant since, String found) {
        /** What to do about it. */
        public static final String REMEDY =
                "See what it would do about it: skein control reconcile; it goes on after: skein"
                        + " control reconcile --reason \"…\"";
    }

    /** Whether decisions may be taken and sent. */
    public boolean holds(Db.Tx tx) {
        return now(tx).isPresent();
    }

    /** What time it is by the database's clock; nothing while no decision may be taken. */
    private Optional<Instant> now(Db.Tx tx) {
        return tx
                .list(
                        """
                        SELECT clock_timestamp() FROM continuity
                        WHERE good_until > clock_timestamp()
                            AND stopped_at IS NULL
                            AND compared >= $1
                        """,
                        row -> row.getOffsetDateTime(0).toInstant(),
                        last)
                .stream()
                .findFirst();
    }

    /**
     * Refuses a decision while none may be taken.
     *
     * @return when one is taken now, by the database's clock, which all replicas share
     * @throws SkeinException saying why, and what to do
     * @throws Unreachable where that is not known now
     */
    public Instant require(Db.Tx tx) {
        return now(tx).orElseThrow(() -> refusal(tx));
    }

    private SkeinException refusal(Db.Tx tx) {
        return stopped(tx)
                .map(stop ->
                        SkeinException.failed(
                                SUBJECT,
                                "it decides nothing since " + stop.since() + ": " + stop.found(),
                                Stop.REMEDY))
                .orElseGet(() ->
                        new Unreachable(
                                SUBJECT,
                                "its database was not compared with what was published from it"
                                        + " for "
                                        + GOOD.toSeconds()
                                        + " s",
                                "Try again; if that lasts, look at its log",
                                false,
                                null));
    }

    /** Since when and why it stands still; nothing where it does not. */
    public Optional<Stop> stopped(Db.Tx tx) {
        return tx
                .list(
                        "SELECT stopped_at, found FROM continuity WHERE stopped_at IS NOT NULL",
                        row -> new Stop(row.getOffsetDateTime(0).toInstant(), row.getString(1)))
                .stream()
                .findFirst();
    }

    /** Keeps it as it is to the transaction's end; locked before anything else is. */
    public void lock(Db.Tx tx) {
        tx.query("SELECT FROM continuity FOR UPDATE");
    }

    /** Stands still from now on; gives whether it did not before, for this reason. */
    public boolean stop(Db.Tx tx, String found) {
        return tx.query(
                                """
                                UPDATE continuity
                                SET stopped_at = coalesce(stopped_at, now()), found = concat_ws('; ', found, $1::text)
                                WHERE position($1 IN coalesce(found, '')) = 0
                                """,
                                found)
                        .rowCount()
                == 1;
    }

    /** Goes on; nothing is compared before this is committed, however long it takes. */
    public void goOn(Db.Tx tx) {
        tx.query(
                """
                UPDATE continuity
                SET stopped_at = NULL, found = NULL, good_until = clock_timestamp() + interval '1 hour'
                """);
    }

    /** Notes a comparison. */
    public void compared(Db db) {
        last = db.call(Continuity::count);
    }

    private static long count(Db.Tx tx) {
        return tx.query(
                        """
                        UPDATE continuity
                        SET compared = compared + 1, good_until = clock_timestamp() + make_interval(secs => $1)
                        RETURNING compared
                        """,
                        (double) GOOD.toSeconds())
                .iterator()
                .next()
                .getLong(0);
    }

    /**
     * While the topics cannot be read: nobody restored the database if it knows of the last
     * comparison.
     */
    public void uncompared(Db.Tx tx) {
        tx.query(
                """
                UPDATE continuity
                SET good_until = clock_timestamp() + make_interval(secs => $2)
                WHERE compared >= $1
                """,
                last,
                (double) GOOD.toSeconds());
    }
}
