// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.drift;

import dev.skein.service.database.Db;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;

/** How findings end of which a report says that they are over. */
final class FindingEnds {
    private final FindingStore findings;

    FindingEnds(FindingStore findings) {
        this.findings = findings;
    }

    /** Ends one that is over, or has it wait for what the log does not have yet. */
    void over(Db.Tx tx, FindingStore.Open finding, FindingStore.Over over) {
        if (isKnown(tx, finding, over)) {
            end(tx, finding, over);
        } else {
            findings.over(tx, finding, over);
        }
    }

    /** Whether the log has all that the journal says of what happened since. */
    private static boolean isKnown(Db.Tx tx, FindingStore.Open finding, FindingStore.Over over) {
        if (Objects.equals(finding.incarnation(), over.incarnation())
                && over.seq() <= finding.seq()) {
            return true;
        }
        var rows =
                tx.query(
                        "SELECT FROM source WHERE id = $1 AND (next_seq > $2 OR state = 'fork')",
                        over.source(finding.uid()),
                        over.seq());
        return rows.size() > 0;
    }

    /** Ends findings that waited for entries which have come into the log. */
    void settle(Db.Tx tx) {
        for (var finding : findings.settled(tx)) {
            end(tx, finding, Objects.requireNonNull(finding.over()));
        }
    }

    /** What was found before is so no more; what somebody decided on it says who. */
    void end(Db.Tx tx, FindingStore.Open finding, FindingStore.Over over) {
        var ending =
                decided(tx, finding, over.at())
                        .or(() -> DriftAcceptance.find(tx, finding, over))
                        .orElse(new FindingStore.Ending("gone", over.at(), null, null));
        findings.end(tx, finding, ending);
    }

    private static Optional<FindingStore.Ending> decided(
            Db.Tx tx, FindingStore.Open finding, Instant at) {
        return tx
                .list(
                        """
                        SELECT kind, actor, reason FROM drift_rule
                        WHERE uid = $1 AND observed = $2 AND (until IS NULL OR until > $3)
                        """,
                        row ->
                                new FindingStore.Ending(
                                        row.getString(0), at, row.getString(1), row.getString(2)),
                        finding.uid(),
                        finding.observed(),
                        at.atOffset(ZoneOffset.UTC))
                .stream()
                .findFirst();
    }
}
