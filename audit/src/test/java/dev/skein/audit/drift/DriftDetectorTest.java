// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.audit.log.AuditLog;
import dev.skein.audit.log.OwnEntries;
import dev.skein.audit.log.ReceivedEntry;
import dev.skein.audit.testing.JournalEntry;
import dev.skein.audit.testing.OnAuditDatabase;
import dev.skein.engine.Digests;
import dev.skein.engine.Json;
import dev.skein.engine.catalog.CatalogReader;
import dev.skein.engine.catalog.CatalogText;
import dev.skein.engine.event.CatalogRecord;
import dev.skein.engine.event.DatabaseReport;
import dev.skein.engine.journal.EntryKind;
import dev.skein.service.database.Db;
import dev.skein.service.kafka.RecordTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DriftDetectorTest extends OnAuditDatabase {
    private static final Duration BOUND = Duration.ofMinutes(2);
    private static final Instant AT = Instant.parse("2026-11-01T00:00:00Z");

    private final FleetCoverage fleet = new FleetCoverage();
    private final DriftCohorts cohorts = new DriftCohorts();
    private final FindingStore store = new FindingStore();
    private final DriftDetector drift = new DriftDetector(fleet, cohorts, store);
    private final FindingViews findings = new FindingViews(cohorts);
    private final AuditLog log = new AuditLog();
    private final OwnEntries own = new OwnEntries(log);
    private final Map<String, byte[]> last = new HashMap<>();

    private static String uid(int n) {
        return String.valueOf(n).repeat(32);
    }

    private static String print(String letter) {
        return "3-15-" + letter.repeat(64);
    }

    private static DatabaseReport report(
            int n, long seq, String journal, @Nullable String observed, int minutes) {
        return new DatabaseReport(
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
                AT.plus(Duration.ofMinutes(minutes)));
    }

    private void take(Db.Tx tx, DatabaseReport report) {
        drift.take(tx, List.of(seen(report, true)));
    }

    private void report(int n, long seq, String journal, @Nullable String observed) {
        db.run(tx -> take(tx, report(n, seq, journal, observed, 0)));
    }

    private List<FindingViews.Cohort> open(boolean only) {
        return db.call(tx -> findings.list(tx, only, null));
    }

    /** An entry of a database's journal that says which fingerprint a run left. */
    private void logged(int n, long seq, String print) {
        logged(n, seq, EntryKind.OBSERVED, print, null);
    }

    private void logged(int n, long seq, EntryKind kind, String print, @Nullable String body) {
        var says = body == null ? null : body.getBytes(StandardCharsets.UTF_8);
        var envelope = JournalEntry.bytes(uid(n), seq, kind, AT, print);
        var source = "db/" + uid(n) + "/i";
        var prev = last.getOrDefault(source, new byte[32]);
        var hash = Digests.sha256(prev, envelope);
        last.put(source, hash);
        var salt = says == null ? null : new byte[16];
        var one = new ReceivedEntry(source, seq, envelope, prev, hash, salt, says, envelope);
        db.run(tx -> log.append(tx, List.of(one), bytes -> one));
    }

    /** What the log says of a database's findings: types, actors, states and reasons. */
    private List<String> recorded(int n) {
        db.run(drift::settle);
        db.run(tx -> own.append(tx, NewsQueue.take(tx)));
        return db.call(tx ->
                tx.list(
                        "SELECT envelope FROM entry WHERE source = $1 ORDER BY seq",
                        row -> {
                            var says = Json.read(row.getBuffer(0).getBytes(), JsonNode.class);
                            var parts =
                                    List.of(
                                            says.path("type").asText(),
                                            says.path("actor").asText(),
                                            says.at("/payload/state").asText(),
                                            says.at("/payload/reason").asText(""));
                            return String.join(" ", parts).strip();
                        },
                        "finding/" + uid(n)));
    }

    @Test
    void eachFindingsBeginningAndEndIsAnEntryOfTheLog() {
        report(1, 3, print("a"), print("b"));
        report(1, 3, print("a"), print("b"));
        assertThat(recorded(1)).containsExactly("finding.Opened audit");
        report(1, 3, print("a"), print("a"));
        report(1, 3, print("a"), print("c"));
        var adopted = new DriftDetector.Decision(uid(1), print("c"), "adopted", "good", null);
        db.run(tx -> drift.take(tx, adopted, "olga", AT));
        assertThat(recorded(1))
                .containsExactly(
                        "finding.Opened audit",
                        "finding.Ended audit gone",
                        "finding.Opened audit",
                        "finding.Ended olga adopted good");
        assertThat(recorded(1)).as("once").hasSize(4);
    }

    @Test
    void whatARunAcceptedIsNotGoneButSaysWhoAndWhy() {
        logged(1, 1, print("a"));
        report(1, 1, print("a"), print("b"));
        logged(1, 2, EntryKind.ADOPTED, print("b"), "a hotfix");
        logged(1, 3, print("c"));
        report(1, 3, print("c"), print("c"));
        assertThat(recorded(1)).endsWith("finding.Ended ann accepted a hotfix");
        var ended = open(false).getFirst().databases().getFirst();
        assertThat(ended.state()).isEqualTo("accepted");
        assertThat(ended.endedBy()).isEqualTo("ann");
        assertThat(ended.reason()).isEqualTo("a hotfix");
    }

    @Test
    void aLookThatComesBeforeTheJournalsEntriesWaitsForThem() {
        logged(1, 1, print("a"));
        report(1, 1, print("a"), print("b"));
        report(1, 2, print("b"), print("b"));
        assertThat(recorded(1)).hasSize(1);
        assertThat(open(true)).hasSize(1);
        logged(1, 2, EntryKind.ADOPTED, print("b"), "a hotfix");
        assertThat(recorded(1)).endsWith("finding.Ended ann accepted a hotfix");
        assertThat(open(true)).isEmpty();
    }

    @Test
    void whatWasAcceptedOnceIsNotAcceptedForEver() {
        logged(1, 1, EntryKind.ADOPTED, print("b"), "a hotfix");
        logged(1, 2, print("a"));
        report(1, 2, print("a"), print("b"));
        logged(1, 3, print("a"));
        report(1, 3, print("a"), print("a"));
        assertThat(recorded(1)).endsWith("finding.Ended audit gone");
    }

    @Test
    void aDifferenceAtTheSameEntryIsAFindingUntilItIsGone() {
        report(1, 3, print("a"), print("a"));
        assertThat(open(true)).isEmpty();
        db.run(tx -> take(tx, report(1, 3, print("a"), print("b"), 5)));
        db.run(tx -> take(tx, report(1, 3, print("a"), print("b"), 9)));
        var finding = open(true).getFirst().databases().getFirst();
        assertThat(finding.fineAt()).isEqualTo(AT);
        assertThat(finding.firstSeen()).isEqualTo(AT.plus(Duration.ofMinutes(5)));
        assertThat(finding.lastSeen()).isEqualTo(AT.plus(Duration.ofMinutes(9)));
        db.run(tx -> take(tx, report(1, 3, print("a"), print("a"), 10)));
        assertThat(open(true)).isEmpty();
        assertThat(open(false).getFirst().databases().getFirst().state()).isEqualTo("gone");
    }

    @Test
    void whatCannotBeComparedIsNoFinding() {
        report(1, 3, print("a"), null);
        report(2, 3, "2-15-" + "a".repeat(64), print("b"));
        report(3, 3, "3-14-" + "a".repeat(64), print("b"));
        assertThat(open(true)).isEmpty();
    }

    @Test
    void theLogIsBelievedMoreThanTheJournalsOwnWord() {
        logged(1, 1, print("a"));
        report(1, 1, print("b"), print("b")); // somebody changed both the schema and the journal
        assertThat(open(true)).hasSize(1);
        assertThat(open(true).getFirst().databases().getFirst().expected()).isEqualTo(print("a"));
    }

    @Test
    void adoptedAndIgnoredIsNothingUntilItIsOverOrAnother() {
        report(1, 3, print("a"), print("b"));
        var adopted = new DriftDetector.Decision(uid(1), print("b"), "adopted", "good", null);
        db.run(tx -> drift.take(tx, adopted, "olga", AT));
        report(1, 3, print("a"), print("b"));
        assertThat(open(true)).isEmpty();
        var ended = open(false).getFirst().databases().getFirst();
        assertThat(ended.state()).isEqualTo("adopted");
        assertThat(ended.endedBy()).isEqualTo("olga");
        report(1, 3, print("a"), print("c"));
        assertThat(open(true)).as("something else").hasSize(1);

        report(2, 3, print("a"), print("b"));
        var until = AT.plus(Duration.ofHours(1));
        var ignored = new DriftDetector.Decision(uid(2), print("b"), "ignored", "later", until);
        db.run(tx -> drift.take(tx, ignored, "olga", AT));
        db.run(tx -> take(tx, report(2, 3, print("a"), print("b"), 59)));
        assertThat(open(true)).hasSize(1);
        db.run(tx -> take(tx, report(2, 3, print("a"), print("b"), 61)));
        assertThat(open(true)).as("its time is over").hasSize(2);
        db.run(tx -> take(tx, report(2, 3, print("a"), print("a"), 62)));
        assertThat(open(false).stream().flatMap(c -> c.databases().stream()))
                .filteredOn(f -> f.uid().equals(uid(2)) && f.endedBy() == null)
                .as("it ended by itself, after what was decided was over")
                .singleElement()
                .satisfies(f -> assertThat(f.state()).isEqualTo("gone"));
    }

    @Test
    void aDecisionEndsAlsoWhatAReportFindsAtTheSameTime() throws Exception {
        report(1, 3, print("a"), print("a"));
        var adopted = new DriftDetector.Decision(uid(1), print("b"), "adopted", "good", null);
        var decided =
                new FutureTask<Void>(() -> db.run(tx -> drift.take(tx, adopted, "o", AT)), null);
        db.run(tx -> {
            take(tx, report(1, 3, print("a"), print("b"), 1));
            Thread.ofPlatform().daemon().start(decided);
            await().atMost(BOUND).until(this::isSomebodyWaiting);
        });
        decided.get();
        assertThat(open(true)).isEmpty();
        assertThat(open(false).getFirst().databases().getFirst().state()).isEqualTo("adopted");
    }

    private boolean isSomebodyWaiting() {
        return !"0"
                .equals(
                        database.value(
                                "SELECT count(*)::text FROM pg_stat_activity WHERE datname ="
                                        + " current_database() AND wait_event_type = 'Lock'"));
    }

    private CatalogRecord catalog() {
        try (var session = database.client().open(database.address(), "test", Map.of())) {
            session.script("BEGIN", BOUND);
            var catalog = CatalogReader.mainInside(session);
            session.script("ROLLBACK", BOUND);
            return new CatalogRecord(catalog.fingerprint().toString(), CatalogText.write(catalog));
        }
    }

    @Test
    void thoseThatDifferAlikeAreTogetherWithWhatDiffers() {
        var one = catalog();
        database.run("CREATE INDEX by_hand ON fleet (name)");
        var oneIndexed = catalog();
        database.run("DROP INDEX by_hand; CREATE TABLE other (id int)");
        var two = catalog();
        database.run("CREATE INDEX by_hand ON fleet (name)");
        var twoIndexed = catalog();
        database.run("DROP INDEX by_hand; ALTER TABLE other ALTER id TYPE bigint");
        var wider = catalog();

        report(1, 3, one.fingerprint(), oneIndexed.fingerprint());
        report(2, 3, two.fingerprint(), twoIndexed.fingerprint());
        report(3, 3, two.fingerprint(), wider.fingerprint());
        assertThat(open(true)).as("nobody knows yet how they differ").hasSize(3);
        assertThat(open(true).getFirst().differences().known()).isFalse();
        for (var record : List.of(one, oneIndexed, two, twoIndexed, wider, wider)) {
            db.run(tx -> drift.take(tx, record));
        }

        var cohorts = open(true);
        assertThat(cohorts).extracting(c -> c.databases().size()).containsExactly(2, 1);
        assertThat(cohorts.getFirst().differences().changes())
                .containsExactly(
                        new DriftCohorts.Change("index", "public.by_hand", "added", Map.of()));
        assertThat(cohorts.getFirst().differences().fix())
                .singleElement()
                .asString()
                .contains("DROP INDEX")
                .contains("by_hand");
        assertThat(cohorts.getLast().differences().changes().getFirst().attributes())
                .containsEntry("type", List.of("integer", "bigint"));
    }

    private List<FleetCoverage.Missing> missing(Duration patience) {
        return db.call(tx -> fleet.missing(tx, patience));
    }

    @Test
    void whatTheLogLacksIsAskedForUntilItHasIt() {
        report(1, 1, print("a"), null);
        assertThat(missing(Duration.ofHours(1))).isEmpty();
        assertThat(missing(Duration.ZERO))
                .containsExactly(new FleetCoverage.Missing(uid(1), "eu", 1));
        logged(1, 1, print("a"));
        assertThat(missing(Duration.ZERO)).isEmpty();
        report(1, 2, print("a"), null);
        assertThat(missing(Duration.ZERO))
                .containsExactly(new FleetCoverage.Missing(uid(1), "eu", 2));
    }

    @Test
    void aReportThatIsReadAgainOpensAndEndsNothing() {
        report(7, 3, print("a"), print("a"));
        var old = report(7, 3, print("a"), print("b"), -30);
        db.run(tx -> drift.take(tx, List.of(seen(old, false))));
        assertThat(open(true)).isEmpty();
        assertThat(recorded(7)).isEmpty();
        db.run(tx -> take(tx, report(7, 3, print("a"), print("b"), 5)));
        var fine = report(7, 3, print("a"), print("a"), 99); // by its agent's clock
        db.run(tx ->
                drift.take(tx, List.of(new DriftDetector.Seen(fine, new RecordTime(AT, false)))));
        assertThat(open(true)).hasSize(1);
    }

    @Test
    void aReportWaitsForADecisionThatIsBeingTaken() throws Exception {
        report(1, 3, print("a"), print("a"));
        var adopted = new DriftDetector.Decision(uid(1), print("b"), "adopted", "good", null);
        var seen = List.of(seen(report(1, 3, print("a"), print("b"), 1), true));
        var reported = new FutureTask<Void>(() -> db.run(tx -> drift.take(tx, seen)), null);
        db.run(tx -> {
            drift.take(tx, adopted, "o", AT);
            Thread.ofPlatform().daemon().start(reported);
            await().atMost(BOUND).until(this::isSomebodyWaiting);
        });
        reported.get();
        assertThat(open(false)).isEmpty();
    }

    private static DriftDetector.Seen seen(DatabaseReport report, boolean fresh) {
        return new DriftDetector.Seen(report, new RecordTime(report.at(), fresh));
    }

    private DriftDetector.Seen any(Random random) {
        int n = 1 + random.nextInt(3);
        var journal = random.nextInt(4) == 0 ? "z" : "a";
        var observed =
                switch (random.nextInt(5)) {
                    case 0 -> null;
                    case 1 -> print("b");
                    case 2 -> print("c");
                    default -> print("a");
                };
        var report = report(n, 2 + random.nextInt(2), print(journal), observed, random.nextInt(99));
        return seen(report, random.nextInt(3) > 0);
    }

    /** All that reports leave, but for what is counted and what the clock says. */
    private String left() {
        return database.value(
                "SELECT concat_ws(' / ', (SELECT string_agg(concat_ws(' ', uid, seq, said_at,"
                    + " fine_at, ahead_since IS NULL), ', ' ORDER BY uid) FROM fleet), (SELECT"
                    + " string_agg(concat_ws(' ', uid, expected, observed, cohort, state, fine_at,"
                    + " first_seen, last_seen, ended_at, ended_by, seq, over_seq, over_at), ', '"
                    + " ORDER BY uid, id) FROM finding), (SELECT string_agg(concat_ws(' ', uid,"
                    + " type, actor, at), ', ' ORDER BY uid, id) FROM finding_news))");
    }

    @Test
    void reportsOfABatchFindWhatTheyFindOneByOne() {
        for (int n = 1; n <= 3; n++) {
            logged(n, 1, print("a"));
            logged(n, 2, print("a"));
        }
        var adopted = new DriftDetector.Decision(uid(3), print("c"), "adopted", "good", null);
        db.run(tx -> drift.take(tx, adopted, "olga", AT));
        for (int seed = 0; seed < 25; seed++) {
            var random = new Random(seed);
            var batch = random.ints(15, 0, 2).mapToObj(n -> any(random)).toList();
            db.run(tx -> batch.forEach(one -> drift.take(tx, List.of(one))));
            var oneByOne = left();
            database.run("TRUNCATE fleet, finding, finding_news");
            db.run(tx -> drift.take(tx, batch));
            assertThat(left()).as("seed %d: %s", seed, batch).isEqualTo(oneByOne);
            database.run("TRUNCATE fleet, finding, finding_news");
        }
    }
}
