// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.audit.config.AuditSchema;
import dev.skein.audit.log.AuditLog;
import dev.skein.audit.log.OwnEntries;
import dev.skein.audit.log.ReceivedEntry;
import dev.skein.audit.testing.JournalEntry;
import dev.skein.audit.testing.OnAuditDatabase;
import dev.skein.engine.Digests;
import dev.skein.engine.event.DatabaseReport;
import dev.skein.engine.journal.EntryKind;
import dev.skein.service.kafka.RecordTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An audit service that has worked with the version before goes on with this one. */
class UpgradedFindingsTest extends OnAuditDatabase {
    private static final Instant AT = Instant.parse("2026-11-27T00:00:00Z");
    private static final byte[] NO_HASH = new byte[32];
    private static final String FOUND =
            """
            INSERT INTO fleet(uid, site, server, name, incarnation, seq, fine_at)
                SELECT repeat(n::text, 32), 'eu', 'main', 'shop_' || n, 'i', 1, timestamptz '2026-11-26 00:00Z'
                FROM generate_series(1, 6) n;
            INSERT INTO finding(uid, expected, observed, cohort, state, fine_at, first_seen, last_seen, ended_at, ended_by, reason)
                SELECT repeat(n::text, 32), '4-15-' || repeat('a', 64), '4-15-' || repeat('b', 64), 'cohort', state,
                    timestamptz '2026-11-26 00:00Z', timestamptz '2026-11-26 01:00Z', timestamptz '2026-11-26 02:00Z',
                    CASE WHEN state <> 'open' THEN timestamptz '2026-11-26 03:00Z' END, who, why
                FROM (VALUES (1, 'open', NULL, NULL), (2, 'open', NULL, NULL), (3, 'gone', NULL, NULL),
                    (4, 'adopted', 'olga', 'good'), (5, 'ignored', 'olga', 'later'), (6, 'open', NULL, NULL)) AS f(n, state, who, why);
            INSERT INTO drift_rule VALUES
                (repeat('4', 32), '4-15-' || repeat('b', 64), 'adopted', 'olga', 'good', NULL),
                (repeat('5', 32), '4-15-' || repeat('b', 64), 'ignored', 'olga', 'later', timestamptz '2026-11-28 00:00Z')\
            """;

    private final FindingStore store = new FindingStore();
    private final DriftCohorts cohorts = new DriftCohorts();
    private final DriftDetector drift = new DriftDetector(new FleetCoverage(), cohorts, store);
    private final FindingViews findings = new FindingViews(cohorts);
    private final AuditLog log = new AuditLog();
    private byte[] last = NO_HASH;

    @Override
    protected String version() {
        return "audit0005";
    }

    private static String uid(int n) {
        return String.valueOf(n).repeat(32);
    }

    private static String print(String letter) {
        return "4-15-" + letter.repeat(64);
    }

    private void report(int n, long seq, String journal, String observed, int hours) {
        var report =
                new DatabaseReport(
                        uid(n),
                        "eu",
                        "main",
                        "shop_" + n,
                        "eu-1",
                        List.of("a"),
                        "i",
                        seq,
                        null,
                        0,
                        journal,
                        observed,
                        0,
                        15,
                        Map.of(),
                        null,
                        null,
                        AT.plus(Duration.ofHours(hours)));
        db.run(tx ->
                drift.take(
                        tx,
                        List.of(
                                new DriftDetector.Seen(
                                        report, new RecordTime(report.at(), true)))));
    }

    private void logged(int n, long seq, EntryKind kind, String print, String body) {
        var envelope = JournalEntry.bytes(uid(n), seq, kind, AT, print);
        var hash = Digests.sha256(last, envelope);
        var says = body.getBytes(StandardCharsets.UTF_8);
        var source = "db/" + uid(n) + "/i";
        var one =
                new ReceivedEntry(source, seq, envelope, last, hash, new byte[16], says, envelope);
        last = hash;
        db.run(tx -> log.append(tx, List.of(one), bytes -> one));
    }

    private Map<String, String> states() {
        var states = new HashMap<String, String>();
        for (var cohort : db.call(tx -> findings.list(tx, false, null))) {
            cohort.databases().forEach(f -> states.put(f.name(), f.state()));
        }
        return states;
    }

    @Test
    void whatWasFoundEarlierGoesOnAndEndsAsItDoesNow() {
        database.run(FOUND);
        AuditSchema.apply(database.client(), database.address());
        logged(1, 1, EntryKind.OBSERVED, print("a"), "");
        assertThat(states())
                .isEqualTo(
                        Map.of(
                                "shop_1", "open",
                                "shop_2", "open",
                                "shop_3", "gone",
                                "shop_4", "adopted",
                                "shop_5", "ignored",
                                "shop_6", "open"));

        logged(1, 2, EntryKind.ADOPTED, print("b"), "a hotfix");
        report(1, 2, print("b"), print("b"), 1);
        report(2, 1, print("a"), print("b"), 1);
        for (var n : List.of(4, 5)) {
            report(n, 1, print("a"), print("b"), 1);
        }
        var word = new DriftDetector.Decision(uid(6), print("b"), "adopted", "good", null);
        db.run(tx -> drift.take(tx, word, "olga", AT));
        assertThat(states())
                .containsEntry("shop_1", "accepted")
                .containsEntry("shop_2", "open")
                .containsEntry("shop_4", "adopted")
                .containsEntry("shop_5", "ignored")
                .containsEntry("shop_6", "adopted");
        report(5, 1, print("a"), print("b"), 48);
        List<FindingViews.Cohort> open = db.call(tx -> findings.list(tx, true, null));
        assertThat(open)
                .flatExtracting(FindingViews.Cohort::databases)
                .extracting(FindingViews.Finding::name)
                .as("found before, and what was put off until then")
                .containsExactlyInAnyOrder("shop_2", "shop_5");
        List<OwnEntries.Own> news = db.call(NewsQueue::take);
        assertThat(news)
                .extracting(OwnEntries.Own::type)
                .containsExactly("finding.Ended", "finding.Ended", "finding.Opened");
    }
}
