// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.drift;

import dev.skein.engine.event.CatalogRecord;
import dev.skein.engine.event.DatabaseReport;
import dev.skein.service.database.BatchRows;
import dev.skein.service.database.Db;
import dev.skein.service.kafka.RecordTime;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Opens a finding when a database is not as its journal left it at exactly the entry that the scan
 * saw, and ends it when it is. A scan that cannot be compared says nothing.
 */
@ApplicationScoped
public class DriftDetector {
    private final FleetCoverage fleet;
    private final DriftCohorts cohorts;
    private final FindingStore findings;
    private final FindingEnds ends;

    public DriftDetector(FleetCoverage fleet, DriftCohorts cohorts, FindingStore findings) {
        this.findings = findings;
        this.ends = new FindingEnds(findings);
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
        for (var one : findings.waiting(tx, record.fingerprint())) {
            findings.join(tx, one, cohorts.of(tx, one.expected(), one.observed()));
        }
    }

    /**
     * What an agent saw of a database.
     *
     * @param stamp when it was made
     */
    public record Seen(DatabaseReport says, RecordTime stamp) {}

    /**
     * Takes reports in their order, each unless a newer one was taken: what is read again opens and
     * ends no finding.
     */
    public void take(Db.Tx tx, List<Seen> reports) {
        for (var round : BatchRows.rounds(reports, one -> List.of(one.says().uid()))) {
            var sightings = Sighting.of(tx, round);
            var taken = fleet.put(tx, sightings); // what is decided meanwhile waits from here on
            compare(
                    tx,
                    sightings.stream()
                            .filter(one -> taken.contains(one.report().uid()))
                            .filter(Sighting::isComparable)
                            .toList());
        }
    }

    private void compare(Db.Tx tx, List<Sighting> seen) {
        var open = findings.find(tx, seen.stream().map(one -> one.report().uid()).toList());
        var others = seen.stream().filter(one -> !one.isFine()).toList();
        var allowed = allowed(tx, others);
        for (var one : seen) {
            var finding = open.get(one.report().uid());
            if (finding != null && one.isFine()) {
                ends.over(tx, finding, one.over());
            } else if (finding != null
                    && (allowed.contains(one.report().uid()) || !isSame(finding, one))) {
                ends.end(tx, finding, one.over());
            }
        }
        find(tx, others.stream().filter(o -> !allowed.contains(o.report().uid())).toList(), open);
    }

    private static boolean isSame(FindingStore.@Nullable Open finding, Sighting seen) {
        return finding != null
                && finding.expected().equals(seen.expected())
                && finding.observed().equals(seen.report().observed());
    }

    /** Opens a finding of each, where it is not open already. */
    private void find(Db.Tx tx, List<Sighting> others, Map<String, FindingStore.Open> open) {
        var byKnown =
                others.stream()
                        .collect(
                                Collectors.partitioningBy(
                                        one -> isSame(open.get(one.report().uid()), one)));
        findings.again(tx, byKnown.getOrDefault(true, List.of()));
        var names = new HashMap<List<String>, String>();
        findings.open(
                tx,
                byKnown.getOrDefault(false, List.of()),
                (expected, observed) ->
                        names.computeIfAbsent(
                                List.of(expected, observed),
                                pair -> cohorts.of(tx, expected, observed)));
    }

    /** The databases that may be as they were seen. */
    private static Set<String> allowed(Db.Tx tx, List<Sighting> others) {
        if (others.isEmpty()) {
            return Set.of();
        }
        var rows = new BatchRows<>(others);
        return Set.copyOf(
                tx.list(
                        """
                        SELECT r.uid FROM unnest($1::text[], $2::text[], $3::timestamptz[]) AS r(uid, observed, at)
                        JOIN drift_rule d USING (uid, observed)
                        WHERE d.until IS NULL OR d.until > r.at
                        """,
                        row -> row.getString(0),
                        rows.texts(one -> one.report().uid()),
                        rows.texts(one -> one.report().observed()),
                        rows.times(one -> one.report().at().atOffset(ZoneOffset.UTC))));
    }

    /** Ends findings that waited for entries which have come into the log. */
    public void settle(Db.Tx tx) {
        ends.settle(tx);
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

    /** A database is forgotten: its finding is over, and its history stays. */
    public void forget(Db.Tx tx, FleetCoverage.Forgotten gone, String actor, Instant at) {
        fleet.forget(tx, gone);
        var ending = new FindingStore.Ending("gone", at, actor, gone.reason());
        find(tx, gone.uid()).ifPresent(finding -> findings.end(tx, finding, ending));
    }

    /** Takes a decision: the finding is over, and what was decided on is none from now on. */
    public void take(Db.Tx tx, Decision decision, String actor, Instant at) {
        fleet.lock(tx, decision.uid()); // else a report that does not see it opens a finding
        put(tx, decision, actor);
        var ending = new FindingStore.Ending(decision.kind(), at, actor, decision.reason());
        find(tx, decision.uid())
                .filter(finding -> finding.observed().equals(decision.observed()))
                .ifPresent(finding -> findings.end(tx, finding, ending));
    }

    private static void put(Db.Tx tx, Decision decision, String actor) {
        var until = decision.until();
        tx.query(
                """
                INSERT INTO drift_rule
                VALUES ($1, $2, $3, $4, $5, $6)
                ON CONFLICT (uid, observed) DO UPDATE SET kind = excluded.kind, actor = excluded.actor,
                    reason = excluded.reason, until = excluded.until
                """,
                decision.uid(),
                decision.observed(),
                decision.kind(),
                actor,
                decision.reason(),
                until == null ? null : until.atOffset(ZoneOffset.UTC));
    }

    private Optional<FindingStore.Open> find(Db.Tx tx, String uid) {
        return Optional.ofNullable(findings.find(tx, List.of(uid)).get(uid));
    }
}
