// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.api.fleet.DatabaseSelector;
import dev.skein.api.testing.OnApiDatabase;
import dev.skein.engine.SkeinException;
import dev.skein.engine.event.DatabaseReport;
import dev.skein.engine.event.Heartbeat;
import dev.skein.service.kafka.RecordTime;
import dev.skein.service.problem.NotThere;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is gone is forgotten by a decision, and only what is gone; what is seen again is back. */
class ForgottenStoreTest extends OnApiDatabase {
    private static final String UID = "a".repeat(32);
    private static final String OTHER = "b".repeat(32);
    private static final String GONE = DatabaseReport.GONE + "main";

    private final Instant now = Instant.now();
    private final FleetStore fleet = new FleetStore();
    private final Continuity continuity = new Continuity();
    private final EventStore events = new EventStore(continuity);
    private final ForgottenStore forgotten = new ForgottenStore(events);

    @BeforeEach
    void schema() {
        migrate("heads");
        continuity.compared(db);
    }

    private void report(String uid, @Nullable String problem, RecordTime stamp) {
        var report =
                new DatabaseReport(
                        uid,
                        "eu",
                        "main",
                        "shop",
                        "eu-1",
                        List.of("a"),
                        "i",
                        3,
                        null,
                        0,
                        null,
                        null,
                        1,
                        15,
                        Map.of(),
                        problem,
                        null,
                        now);
        db.run(tx -> fleet.reports(tx, List.of(new FleetStore.Told<>(report, stamp))));
    }

    private void report(@Nullable String problem) {
        report(UID, problem, new RecordTime(now, true));
    }

    private void forget(String... uids) {
        db.run(tx -> forgotten.databases(tx, List.of(uids), "they left", "joe"));
    }

    private List<String> known() {
        var found = new ArrayList<String>();
        var all = DatabaseSelector.parse("");
        db.run(tx -> fleet.selected(tx, all, some -> some.forEach(d -> found.add(d.uid()))));
        return found.stream().sorted().toList();
    }

    @Test
    void whatIsThereIsNotForgotten() {
        report(null);
        assertThatThrownBy(() -> forget(UID))
                .isInstanceOf(SkeinException.class)
                .hasMessageContaining("eu/shop")
                .hasMessageContaining("it is there: an agent told of it at");
        report("nothing accepts connections there");
        assertThatThrownBy(() -> forget(UID)).hasMessageContaining("it is there");
        assertThat(known()).containsExactly(UID);
    }

    @Test
    void whatAnAgentSaysIsGoneIsForgottenByARecordedDecision() {
        report(null);
        var seen = database.value("SELECT present_at FROM fleet_database");
        report(GONE);
        forget(UID);
        assertThat(known()).isEmpty();
        var decided = db.call(tx -> events.read(tx, "database/" + UID)).getFirst();
        assertThat(decided.type()).isEqualTo("database.Forgotten");
        assertThat(decided.actor()).isEqualTo("joe");
        var says = decided.payload(ForgottenStore.Database.class);
        assertThat(says.name()).isEqualTo("shop");
        assertThat(says.reason()).isEqualTo("they left");
        assertThat(
                        database.value(
                                "SELECT '%s'::timestamptz = '%s'"
                                        .formatted(says.notSeenSince(), seen)))
                .as("when it was there last")
                .isEqualTo("true");
        assertThatThrownBy(() -> forget(UID)).isInstanceOf(NotThere.class);
    }

    @Test
    void whatNobodyHasToldOfForAnHourIsForgotten() {
        report(UID, null, new RecordTime(now.minus(Duration.ofMinutes(50)), false));
        assertThatThrownBy(() -> forget(UID)).hasMessageContaining("it is there");
        database.run(
                "UPDATE fleet_database SET seen_at = seen_at - interval '20 minutes', present_at ="
                        + " present_at - interval '20 minutes'");
        forget(UID);
        assertThat(known()).isEmpty();
    }

    @Test
    void itIsBackWhenAnAgentTellsOfItAndNotWhenSomethingOldIsReadAgain() {
        report(null);
        report(GONE);
        forget(UID);
        report(GONE);
        report(UID, null, new RecordTime(now, false));
        assertThat(known()).isEmpty();
        report(null);
        assertThat(known()).containsExactly(UID);
        assertThatThrownBy(() -> forget(UID)).hasMessageContaining("it is there");
    }

    private void beat(boolean fresh) {
        var beat = new Heartbeat("eu-1", "eu", now, 5, 0, 0, now, null);
        db.run(tx ->
                fleet.beats(tx, List.of(new FleetStore.Told<>(beat, new RecordTime(now, fresh)))));
    }

    private void forgetAgent() {
        db.run(tx -> forgotten.agents(tx, List.of("eu-1"), "returned", "joe"));
    }

    private String agents() {
        return database.value("SELECT count(*) FROM fleet_agent WHERE forgotten_at IS NULL");
    }

    @Test
    void anAgentIsForgottenOnceItIsSilentAndBackWhenItIsHeardOf() {
        beat(true);
        assertThatThrownBy(this::forgetAgent).hasMessageContaining("it is alive");
        database.run("UPDATE fleet_agent SET seen_at = seen_at - interval '2 minutes'");
        forgetAgent();
        assertThat(agents()).isEqualTo("0");
        var decided = db.call(tx -> events.read(tx, "agent/eu-1")).getFirst();
        assertThat(decided.type()).isEqualTo("agent.Forgotten");
        assertThat(decided.payload(ForgottenStore.Agent.class).reason()).isEqualTo("returned");
        assertThatThrownBy(this::forgetAgent).isInstanceOf(NotThere.class);
        beat(false);
        assertThat(agents()).as("read again").isEqualTo("0");
        beat(true);
        assertThat(agents()).isEqualTo("1");
    }

    @Test
    void noneIsForgottenWhereOneOfThemCannotBe() {
        report(GONE);
        report(OTHER, null, new RecordTime(now, true));
        assertThatThrownBy(() -> forget(UID, OTHER)).hasMessageContaining("it is there");
        assertThat(known()).containsExactly(UID, OTHER);
        assertThat(database.value("SELECT count(*) FROM event")).isEqualTo("0");
    }

    @Test
    void whatARolloutWaitsForIsGivenUpThereFirst() {
        report(GONE);
        database.run(
                "INSERT INTO directive(uid, site, rollout, generation, payload) VALUES ('%s', 'eu',"
                                .formatted(UID)
                        + " 'r-1', 1, '{}')");
        assertThatThrownBy(() -> forget(UID))
                .hasMessageContaining("rollout r-1 waits for it")
                .hasMessageContaining("skein rollout skip r-1 " + UID);
        database.run("UPDATE directive SET payload = NULL");
        forget(UID);
        assertThat(known()).isEmpty();
    }
}
