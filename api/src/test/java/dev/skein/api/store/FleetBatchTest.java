// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.api.store.FleetStore.Told;
import dev.skein.api.testing.OnApiDatabase;
import dev.skein.engine.event.DatabaseReport;
import dev.skein.engine.event.Heartbeat;
import dev.skein.engine.journal.EntryKind;
import dev.skein.engine.journal.Envelope;
import dev.skein.service.kafka.RecordTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A batch writes what its reports would write one after the other. */
class FleetBatchTest extends OnApiDatabase {
    private static final int SEEDS = 25;
    private static final Instant AT = Instant.parse("2026-11-28T00:00:00Z");

    /** What was written by the clock counts as written now. */
    private static final String DATABASES =
            """
            SELECT jsonb_object_agg(f.uid, to_jsonb(f) || jsonb_build_object(
                'reported_at', recent(f.reported_at), 'seen_at', recent(f.seen_at),
                'present_at', recent(f.present_at), 'other_at', recent(f.other_at)))::text FROM fleet_database f
            """;

    private final FleetStore fleet = new FleetStore();

    @BeforeEach
    void schema() {
        migrate("heads");
        database.run(
                "CREATE FUNCTION recent(t timestamptz) RETURNS text LANGUAGE sql AS $$SELECT CASE"
                        + " WHEN t > now() - interval '1 hour' THEN 'now' ELSE t::text END$$");
    }

    private static String uid(int n) {
        return String.valueOf(n).repeat(32);
    }

    private static DatabaseReport report(
            int n, String site, String name, long seq, @Nullable String problem) {
        return new DatabaseReport(
                uid(n),
                site,
                "main",
                name,
                site + "-1",
                seq == 0 ? List.of() : List.of("a" + seq, "b"),
                n == 3 ? null : "i",
                seq,
                seq == 2 ? null : "h" + seq,
                seq,
                seq == 1 ? null : "f" + seq,
                null,
                seq,
                15,
                Map.of("tier", "t" + seq),
                problem,
                null,
                AT);
    }

    private static Told<DatabaseReport> any(Random random) {
        int n = 1 + random.nextInt(4);
        var site = random.nextInt(3) == 0 ? "us" : "eu";
        var stamp =
                new RecordTime(
                        random.nextInt(5) == 0 ? null : AT.plusSeconds(random.nextInt(2000)),
                        random.nextInt(3) == 0);
        if (random.nextInt(6) == 0) {
            var answer =
                    new DatabaseReport.Answer(1, DatabaseReport.Kind.REFUSED, "it is not here");
            return new Told<>(DatabaseReport.absent(uid(n), site, "eu-1", answer, AT), stamp);
        }
        var problem =
                switch (random.nextInt(5)) {
                    case 0 -> "nothing accepts connections there";
                    case 1 -> DatabaseReport.GONE + "main";
                    default -> null;
                };
        return new Told<>(report(n, site, "shop" + n, random.nextInt(4), problem), stamp);
    }

    private String databases() {
        return database.value(DATABASES);
    }

    @Test
    void reportsOfABatchWriteWhatTheyWriteOneByOne() {
        for (int seed = 0; seed < SEEDS; seed++) {
            var random = new Random(seed);
            var before = random.ints(6, 0, 4).mapToObj(n -> any(random)).toList();
            var batch = random.ints(12, 0, 4).mapToObj(n -> any(random)).toList();
            db.run(tx -> before.forEach(one -> fleet.reports(tx, List.of(one))));
            db.run(tx -> batch.forEach(one -> fleet.reports(tx, List.of(one))));
            var oneByOne = databases();
            database.run("TRUNCATE fleet_database");
            db.run(tx -> before.forEach(one -> fleet.reports(tx, List.of(one))));
            db.run(tx -> fleet.reports(tx, batch));
            assertThat(databases()).as("seed %d: %s", seed, batch).isEqualTo(oneByOne);
            database.run("TRUNCATE fleet_database");
        }
    }

    private static Told<DatabaseReport> fresh(int n, String name) {
        return new Told<>(
                report(n, "eu", name, 1, null), new RecordTime(AT.plus(Duration.ofHours(n)), true));
    }

    private String problem(int n) {
        return database.value(
                "SELECT coalesce(problem, 'none') FROM fleet_database WHERE uid = '"
                        + uid(n)
                        + "'");
    }

    @Test
    void whatIsReplacedInABatchIsGoneAndWhoMovedIsNot() {
        db.run(tx -> fleet.reports(tx, List.of(fresh(1, "shop"), fresh(4, "bar"))));
        db.run(tx ->
                fleet.reports(tx, List.of(fresh(2, "shop"), fresh(4, "pub"), fresh(5, "bar"))));
        assertThat(problem(1)).startsWith("it is gone from server main: another database");
        assertThat(problem(2)).isEqualTo("none");
        assertThat(problem(4)).isEqualTo("none");
        assertThat(problem(5)).isEqualTo("none");
        db.run(tx -> fleet.reports(tx, List.of(fresh(6, "shop"), fresh(7, "shop"))));
        assertThat(problem(6)).as("one after the other").startsWith("it is gone");
        assertThat(problem(7)).isEqualTo("none");
    }

    private static Envelope entry(int n, long seq) {
        return new Envelope(
                1,
                uid(n),
                "i",
                seq,
                EntryKind.OBSERVED,
                List.of("a" + seq),
                "ann",
                AT.toString(),
                "00",
                null,
                null,
                null,
                null,
                null,
                null,
                "p" + seq,
                null,
                null,
                null);
    }

    @Test
    void entriesOfABatchAreNewerThanReportsWithALowerNumber() {
        var all = new ArrayList<Told<DatabaseReport>>();
        for (int n : new int[] {1, 2, 4}) {
            all.add(new Told<>(report(n, "eu", "shop" + n, n, null), new RecordTime(AT, true)));
        }
        db.run(tx -> fleet.reports(tx, all));
        var entries = new ArrayList<FleetStore.Written>();
        for (int n : new int[] {1, 2, 4, 5}) {
            entries.add(new FleetStore.Written(entry(n, 3), "hash"));
        }
        db.run(tx -> fleet.entries(tx, entries));
        assertThat(
                        database.value(
                                "SELECT string_agg(seq || coalesce(hash, '') || heads[1], ' ' ORDER"
                                        + " BY uid) FROM fleet_database"))
                .isEqualTo("3hasha3 3hasha3 4h4a4");
    }

    @Test
    void heartbeatsOfABatchKeepTheirListsAndTheirGaps() {
        var told =
                new Heartbeat(
                        "eu-1",
                        "eu",
                        AT,
                        5,
                        1,
                        17,
                        AT,
                        List.of(15, 16),
                        null,
                        List.of("m"),
                        new Heartbeat.Refused(3, "t-0@7: no"));
        var silent = new Heartbeat("us-1", "us", AT, 5, 1, null, AT, null);
        var old = new Heartbeat("us-2", "us", AT, 5, 1, null, AT, null);
        db.run(tx ->
                fleet.beats(
                        tx,
                        List.of(
                                new Told<>(told, new RecordTime(AT, true)),
                                new Told<>(silent, new RecordTime(null, true)),
                                new Told<>(old, new RecordTime(AT, false)))));
        assertThat(
                        database.value(
                                "SELECT string_agg(concat_ws(' ', id, dumps, saves, servers,"
                                        + " refused, refused_last, seen_at > now() - interval '1"
                                        + " minute'), ', ' ORDER BY id) FROM fleet_agent"))
                .isEqualTo("eu-1 17 {15,16} {m} 3 t-0@7: no t, us-1 0 0 t, us-2 0 0 f");
    }
}
