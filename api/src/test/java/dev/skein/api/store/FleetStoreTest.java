// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.api.fleet.FleetDatabase;
import dev.skein.api.fleet.FleetKind;
import dev.skein.api.testing.OnApiDatabase;
import dev.skein.engine.event.DatabaseReport;
import dev.skein.engine.event.Heartbeat;
import dev.skein.service.kafka.RecordTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is read again is as old as it is, whatever the clocks of brokers and agents say. */
class FleetStoreTest extends OnApiDatabase {
    private static final String UID = "c".repeat(32);

    private final Instant now = Instant.now();
    private final FleetStore fleet = new FleetStore();

    @BeforeEach
    void schema() {
        migrate("heads");
    }

    private RecordTime before(int minutes) {
        return new RecordTime(now.minus(Duration.ofMinutes(minutes)), false);
    }

    private static RecordTime fresh(@Nullable Instant at) {
        return new RecordTime(at, true);
    }

    private void beat(int running, RecordTime stamp) {
        var beat = new Heartbeat("eu-1", "eu", now, 5, running, 0, now.plusSeconds(3600), null);
        db.run(tx -> fleet.beats(tx, List.of(new FleetStore.Told<>(beat, stamp))));
    }

    /** Of a process that began so many minutes ago. */
    private void beatOf(int began) {
        var since = now.minus(Duration.ofMinutes(began));
        var beat = new Heartbeat("eu-1", "eu", since, 5, 0, 0, now, null);
        db.run(tx -> fleet.beats(tx, List.of(new FleetStore.Told<>(beat, fresh(now)))));
    }

    private boolean isDoubled() {
        return database.value("SELECT doubled_at IS NOT NULL FROM fleet_agent").equals("true");
    }

    @Test
    void whoeverWasStartedAnewIsOneAndWhoBeatsByTurnsIsTwo() {
        beatOf(90);
        beatOf(90);
        beatOf(60);
        beatOf(60);
        beatOf(30);
        assertThat(isDoubled()).as("started anew, twice").isFalse();
        beatOf(60);
        assertThat(isDoubled()).as("the one before is there, still").isTrue();
        expectSeen("(SELECT doubled_at AS seen_at FROM fleet_agent) d", 0, 1);
    }

    private void report(@Nullable String problem, RecordTime stamp) {
        var at = now.plusSeconds(3600);
        var none = List.<String>of();
        var report =
                new DatabaseReport(
                        UID, "eu", "main", "shop", "eu-1", none, "i", 3, null, 0, null, null, 1, 15,
                        Map.of(), problem, null, at);
        db.run(tx -> fleet.reports(tx, List.of(new FleetStore.Told<>(report, stamp))));
    }

    private void expectSeen(String table, int from, int to) {
        assertThat(
                        database.value(
                                "SELECT extract(epoch FROM now() - seen_at)::int / 60 BETWEEN "
                                        + from
                                        + " AND "
                                        + to
                                        + " FROM "
                                        + table))
                .isEqualTo("true");
    }

    private void expectRunning(String running) {
        assertThat(database.value("SELECT running FROM fleet_agent")).isEqualTo(running);
    }

    @Test
    void aBeatThatIsReadAgainIsAsOldAsItIs() {
        beat(1, before(60));
        expectSeen("fleet_agent", 60, 61);
        beat(2, before(30));
        expectSeen("fleet_agent", 30, 31);
        expectRunning("2");
        beat(3, before(40));
        expectSeen("fleet_agent", 30, 31);
        expectRunning("2");
    }

    @Test
    void whatWasHeardLaterStaysThough() {
        beat(1, fresh(now));
        beat(2, before(60));
        expectSeen("fleet_agent", 0, 1);
        expectRunning("1");
    }

    @Test
    void aBrokersClockThatIsWrongChangesNothing() {
        beat(1, fresh(now.minus(Duration.ofHours(1))));
        expectSeen("fleet_agent", 0, 1);
        beat(2, fresh(now.plus(Duration.ofHours(1))));
        beat(3, fresh(now)); // it is set right
        expectSeen("fleet_agent", 0, 1);
        expectRunning("3");
        beat(4, before(-60));
        expectSeen("fleet_agent", 0, 1);
    }

    @Test
    void aTopicThatTheBrokerDoesNotStampIsHeardWhileWeListen() {
        beat(1, new RecordTime(null, false));
        expectSeen("fleet_agent", 60, Integer.MAX_VALUE);
        beat(2, fresh(null));
        expectSeen("fleet_agent", 0, 1);
        beat(3, new RecordTime(null, false));
        expectRunning("2");
    }

    @Test
    void anOlderReportSaysNothingAgainstANewerOne() {
        report(null, before(60));
        expectSeen("fleet_database", 60, 61);
        report(null, fresh(now));
        expectSeen("fleet_database", 0, 1);
        report("its journal is broken", before(30));
        assertThat(database.value("SELECT problem IS NULL FROM fleet_database")).isEqualTo("true");
        expectSeen("fleet_database", 0, 1);
    }

    /** Six at two sites, one of them forgotten, one with a problem, one drifted, one adopted. */
    private void fleetOfSix() {
        database.run(
                """
                INSERT INTO fleet_database (uid, site, server, name, agent, heads, seq, accepted, fingerprint,
                    observed, size_bytes, server_major, labels, problem, reported_at)
                SELECT 'u' || n, CASE WHEN n > 4 THEN 'us' ELSE 'eu' END, 's', chr(70 - n), 'x', '{a}', 1, 0,
                    '1-1-aa', CASE n WHEN 3 THEN '1-1-bb' WHEN 4 THEN '1-1-cc' WHEN 5 THEN '2-1-dd' END, 1, 15,
                    jsonb_build_object('tier', n % 2), CASE WHEN n = 2 THEN 'away' END, now()
                FROM generate_series(1, 6) n;
                INSERT INTO drift_rule (uid, observed)
                VALUES ('u4', '1-1-cc');
                UPDATE fleet_database SET forgotten_at = now() WHERE uid = 'u1'\
                """);
    }

    private List<FleetDatabase> selected(String select) {
        var found = new ArrayList<FleetDatabase>();
        db.run(tx -> fleet.selected(tx, fleet.selector(tx, select), found::addAll));
        return found;
    }

    @Test
    void whoIsSelectedComesByNameAndSaysWhatHoldsItUp() {
        fleetOfSix();
        assertThat(selected(""))
                .extracting(FleetDatabase::name)
                .containsExactly("@", "A", "B", "C", "D");
        assertThat(selected("tier = 0"))
                .extracting(FleetDatabase::uid)
                .containsExactly("u6", "u4", "u2");
        assertThat(selected("tier = 0"))
                .extracting(FleetDatabase::problem)
                .containsExactly(null, null, "away");
        assertThat(selected(""))
                .filteredOn(FleetDatabase::drifted)
                .extracting(FleetDatabase::uid)
                .containsExactly("u3");
        assertThat(selected("name = nobody")).isEmpty();
        assertThatThrownBy(() -> selected("tear = 0"))
                .hasMessageContaining("no database has the label 'tear'");
        assertThat(db.<Long>call(fleet::count)).isEqualTo(5);
        Map<String, FleetDatabase> found = db.call(tx -> fleet.of(tx, List.of("u1", "u3", "u9")));
        assertThat(found).containsOnlyKeys("u3");
    }

    @Test
    void whatIsAlikeIsCountedWithoutWhatStaysAsItIs() {
        fleetOfSix();
        var kinds = new ArrayList<FleetKind>();
        db.run(tx -> fleet.kinds(tx, fleet.selector(tx, ""), kinds::add));
        assertThat(kinds)
                .containsExactlyInAnyOrder(
                        new FleetKind("eu", 15, List.of("a"), 1),
                        new FleetKind("us", 15, List.of("a"), 2));
    }
}
