// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.drift;

import dev.skein.engine.SkeinException;
import dev.skein.engine.catalog.Fingerprint;
import dev.skein.engine.event.CatalogRecord;
import dev.skein.engine.event.DatabaseReport;
import dev.skein.engine.journal.EntryKind;
import dev.skein.engine.journal.Envelope;
import dev.skein.engine.postgres.Db;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Opens a finding when a database is not as its journal left it at exactly the entry that the scan
 * saw, and ends it when it is. A scan that cannot be compared says nothing.
 */
@ApplicationScoped
public class Drift {
    private final Fleet fleet;
    private final Cohorts cohorts;

    public Drift(Fleet fleet, Cohorts cohorts) {
        this.fleet = fleet;
        this.cohorts = cohorts;
    }

    /** Takes a catalog; findings that waited for it get their differences. */
    public void take(Db.Tx tx, CatalogRecord record) {
        var inserted =
                tx.query(
                        "INSERT INTO catalog VALUES ($1, $2) ON CONFLICT DO NOTHING",
                        record.fingerprint(),
                        Buffer.buffer(record.catalog()));
        if (inserted.rowCount() == 0) {
            return;
        }
        var waiting =
                tx.list(
                        "SELECT id, expected, observed FROM finding WHERE state = 'open' AND"
                                + " (expected = $1 OR observed = $1)",
                        row -> new Waiting(row.getLong(0), row.getString(1), row.getString(2)),
                        record.fingerprint());
        for (var one : waiting) {
            tx.query(
                    "UPDATE finding SET cohort = $2 WHERE id = $1",
                    one.id(),
                    cohorts.of(tx, one.expected(), one.observed()));
        }
    }

    private record Waiting(long id, String expected, String observed) {}

    /** Takes a report. */
    public void take(Db.Tx tx, DatabaseReport report) {
        fleet.put(tx, report);
        var observed = report.observed();
        var expected = expected(tx, report);
        if (observed == null || expected == null || !isComparable(expected, observed)) {
            return;
        }
        if (expected.equals(observed)) {
            fine(tx, report);
        } else {
            other(tx, report, expected, observed);
        }
    }

    private static boolean isComparable(String expected, String observed) {
        try {
            return Fingerprint.parse(expected).isComparable(Fingerprint.parse(observed));
        } catch (SkeinException e) {
            return false; // of another version of this program
        }
    }

    /**
     * What the log says that the entry left, where that entry says it; else what the journal says.
     */
    private static @Nullable String expected(Db.Tx tx, DatabaseReport report) {
        if (report.incarnation() == null) {
            return null;
        }
        var rows =
                tx.query(
                        "SELECT envelope FROM entry WHERE source = $1 AND seq = $2",
                        "db/" + report.uid() + "/" + report.incarnation(),
                        report.seq());
        if (rows.size() > 0) {
            var says = Envelope.parse(rows.iterator().next().getBuffer(0).getBytes());
            if (says.kind() == EntryKind.OBSERVED && says.fingerprint() != null) {
                return says.fingerprint();
            }
        }
        return report.fingerprint();
    }

    private static void fine(Db.Tx tx, DatabaseReport report) {
        tx.query(
                "UPDATE fleet SET fine_at = $2 WHERE uid = $1",
                report.uid(),
                report.at().atOffset(ZoneOffset.UTC));
        end(tx, report);
    }

    /** What was found before is so no more; what somebody decided on it says who. */
    private static void end(Db.Tx tx, DatabaseReport report) {
        tx.query(
                "UPDATE finding n SET state = coalesce(r.kind, 'gone'), ended_at = $2, ended_by ="
                    + " r.actor, reason = r.reason FROM finding f LEFT JOIN drift_rule r ON r.uid ="
                    + " f.uid AND r.observed = f.observed AND (r.until IS NULL OR r.until > $2)"
                    + " WHERE n.id = f.id AND f.uid = $1 AND f.state = 'open'",
                report.uid(),
                report.at().atOffset(ZoneOffset.UTC));
    }

    private void other(Db.Tx tx, DatabaseReport report, String expected, String observed) {
        var at = report.at().atOffset(ZoneOffset.UTC);
        if (isAllowed(tx, report.uid(), observed, report.at())) {
            end(tx, report);
            return;
        }
        var same =
                tx.query(
                        "UPDATE finding SET last_seen = $4 WHERE uid = $1 AND state = 'open' AND"
                                + " expected = $2 AND observed = $3",
                        report.uid(),
                        expected,
                        observed,
                        at);
        if (same.rowCount() > 0) {
            return;
        }
        end(tx, report);
        tx.query(
                "INSERT INTO finding(uid, expected, observed, cohort, fine_at, first_seen,"
                        + " last_seen) VALUES ($1, $2, $3, $4, (SELECT fine_at FROM fleet WHERE uid"
                        + " = $1), $5, $5)",
                report.uid(),
                expected,
                observed,
                cohorts.of(tx, expected, observed),
                at);
    }

    private static boolean isAllowed(Db.Tx tx, String uid, String observed, Instant at) {
        var rows =
                tx.query(
                        "SELECT FROM drift_rule WHERE uid = $1 AND observed = $2 AND (until IS NULL"
                                + " OR until > $3)",
                        uid,
                        observed,
                        at.atOffset(ZoneOffset.UTC));
        return rows.size() > 0;
    }

    /** A decision about drift, as the control plane records it. */
    public record Decision(
            String uid, String observed, String kind, String reason, @Nullable Instant until) {
        public Decision {
            Objects.requireNonNull(uid, "uid");
            Objects.requireNonNull(observed, "observed");
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** Takes a decision: the finding is over, and what was decided on is none from now on. */
    public void take(Db.Tx tx, Decision decision, String actor, Instant at) {
        var until = decision.until();
        tx.query(
                "INSERT INTO drift_rule VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (uid, observed)"
                        + " DO UPDATE SET kind = excluded.kind, actor = excluded.actor, reason ="
                        + " excluded.reason, until = excluded.until",
                decision.uid(),
                decision.observed(),
                decision.kind(),
                actor,
                decision.reason(),
                until == null ? null : until.atOffset(ZoneOffset.UTC));
        tx.query(
                "UPDATE finding SET state = $3, ended_at = $4, ended_by = $5, reason = $6 WHERE uid"
                        + " = $1 AND observed = $2 AND state = 'open'",
                decision.uid(),
                decision.observed(),
                decision.kind(),
                at.atOffset(ZoneOffset.UTC),
                actor,
                decision.reason());
    }
}
