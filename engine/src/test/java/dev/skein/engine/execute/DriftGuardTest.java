// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skein.engine.catalog.Fingerprint;
import dev.skein.engine.journal.Author;
import dev.skein.engine.journal.EntryKind;
import dev.skein.engine.journal.Envelope;
import dev.skein.engine.journal.Journal;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.plan.Step;
import dev.skein.engine.testing.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DriftGuardTest {
    private static final String BY_HAND = "ALTER TABLE a ADD COLUMN hand int";
    private static final AcceptedDrift KEPT = new AcceptedDrift("kept", null);
    private static final String WAITING =
            "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = 77 AND NOT granted";

    @RegisterExtension final TestDatabase database = new TestDatabase();
    private Setting given = new Setting(database);

    @BeforeEach
    void oneIsApplied() {
        given = new Setting(database).table("a");
        assertThat(given.up()).isInstanceOf(Outcome.Done.class);
        given.table("b").table("c");
    }

    private JournalState state() {
        try (var session = database.open()) {
            return new Journal(session, "").read().orElseThrow();
        }
    }

    private Optional<Fingerprint> drift() {
        try (var session = database.open()) {
            return DriftGuard.found(session, "", state());
        }
    }

    private List<Envelope> envelopes() {
        try (var session = database.open()) {
            return new Journal(session, "").envelopes();
        }
    }

    private Outcome accepting(Goal goal, @Nullable Long generation, AcceptedDrift drift) {
        return given.run(given.order(goal, generation).withDrift(drift), Brake.OFF);
    }

    private static void isRefused(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        assertThat(((Outcome.Refused) outcome).reason())
                .isInstanceOf(Drifted.class)
                .hasMessageContaining("changed by somebody else")
                .hasMessageContaining("--accept-drift");
    }

    @Test
    void nothingIsDoneOnASchemaThatSomebodyElseChanged() {
        database.run(BY_HAND);
        var before = state();
        isRefused(given.up());
        isRefused(given.run(new Goal.Downgrade("base")));
        isRefused(given.run(new Goal.TakeBack(List.of("a"))));
        isRefused(given.run(new Goal.Stamp(List.of("b"), false)));
        isRefused(given.run(new Goal.Upgrade("a"), 1L)); // it is there already
        var after = state();
        assertThat(after.seq()).isEqualTo(before.seq());
        assertThat(after.fingerprint()).isEqualTo(before.fingerprint());
        database.run("ALTER TABLE a DROP COLUMN hand");
        assertThat(given.up()).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void whatIsAcceptedIsInTheJournalWithItsReason() {
        database.run(BY_HAND);
        var done = accepting(new Goal.Upgrade("head"), null, new AcceptedDrift("urgent", null));
        assertThat(done).isInstanceOf(Outcome.Done.class);
        var said = envelopes().stream().filter(e -> e.kind() == EntryKind.ADOPTED).toList();
        assertThat(said)
                .singleElement()
                .satisfies(e -> {
                    assertThat(e.outcome()).isEqualTo("drift");
                    assertThat(e.fingerprint()).isNotNull();
                    assertThat(e.actor()).isEqualTo("tester");
                });
        assertThat(drift()).isEmpty();
    }

    @Test
    void itCanBeAcceptedWithNothingElseToDo() {
        database.run(BY_HAND);
        accepting(new Goal.Upgrade("a"), null, new AcceptedDrift("kept", null));
        assertThat(drift()).isEmpty();
        assertThat(given.up()).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void acceptingOneChangeAcceptsNoOther() {
        database.run(BY_HAND);
        var seen = drift().orElseThrow().toString();
        database.run("CREATE TABLE another (id int)");
        var one = new AcceptedDrift("kept", seen);
        isRefused(accepting(new Goal.Upgrade("head"), 1L, one));
        database.run("DROP TABLE another");
        assertThat(accepting(new Goal.Upgrade("head"), 2L, one)).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void afterAFailureInTheMiddleChangesAreFound() {
        given.revision("d", "--@ upgrade\nSELECT 1/0;\n");
        assertThat(given.up()).isInstanceOf(Outcome.Failed.class);
        assertThat(state().heads()).containsExactly("c");
        assertThat(drift()).isEmpty();
        database.run(BY_HAND);
        assertThat(drift()).isPresent();
        isRefused(given.up());
    }

    @Test
    void afterAStopInTheMiddleChangesAreFound() {
        given.revision("d", "--@ transaction: none\n--@ upgrade\nVACUUM a;\n");
        var stop = new AtomicBoolean();
        var progress =
                new Progress() {
                    @Override
                    public void done(Step step, Duration took) {
                        stop.set(true);
                    }
                };
        var order = given.order(new Goal.Upgrade("head"), null);
        var migrator = new Migrator(database.client(), Clock.systemUTC());
        assertThat(migrator.run(order, stop::get, progress)).isInstanceOf(Outcome.Held.class);
        assertThat(drift()).isEmpty();
        database.run(BY_HAND);
        assertThat(drift()).isPresent();
        isRefused(given.up());
    }

    private Order withoutRetry() {
        return new Order(
                database.address(),
                Scope.DATABASE,
                given.scripts(),
                new Goal.Upgrade("head"),
                new Author("tester", null, null),
                Limits.DEFAULT.withRetries(0));
    }

    /** Ends the run's session while it waits in its last step, behind others that are committed. */
    private void endedInTheMiddle() {
        given.revision("d", "--@ upgrade\nSELECT pg_advisory_xact_lock(77);\n");
        try (var holder = database.open();
                var runs = Executors.newVirtualThreadPerTaskExecutor()) {
            holder.query("SELECT pg_advisory_lock(77)::text");
            var run = runs.submit(() -> given.run(withoutRetry(), Brake.OFF));
            await().until(() -> !database.value(WAITING).isEmpty());
            database.run("SELECT pg_terminate_backend(pid) FROM (" + WAITING + ") AS w");
            assertThat(run.get()).isInstanceOf(Outcome.Lost.class);
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "CREATE PUBLICATION by_hand", "DEALLOCATE"})
    void aRunThatWasKilledBetweenTwoRevisionsGoesOn(String there) {
        if (there.equals("DEALLOCATE")) {
            given.revision("z", "--@ upgrade\nDEALLOCATE ALL;\n");
        } else if (!there.isEmpty()) {
            database.run(there); // of a kind that no revision has
            given.run(given.order(new Goal.Upgrade("a"), null).withDrift(KEPT), Brake.OFF);
        }
        endedInTheMiddle();
        assertThat(state().heads()).doesNotContain("a", "d");
        assertThat(state().fingerprint()).isNotNull();
        assertThat(given.up()).isInstanceOf(Outcome.Done.class);
        assertThat(state().heads()).containsExactly("d");
    }

    @Test
    void whatSomebodyChangedWhereARunWasKilledIsFound() {
        endedInTheMiddle();
        database.run(BY_HAND);
        assertThat(drift()).isPresent();
        isRefused(given.up());
        database.run("ALTER TABLE a DROP COLUMN hand");
        assertThat(given.up()).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void aStatementOutsideATransactionLeavesAFingerprint() {
        given.revision(
                "d",
                "--@ transaction: none\n--@ upgrade\nCREATE INDEX CONCURRENTLY a_id ON a (id);\n");
        given.revision("e", "--@ upgrade\nSELECT 1/0;\n");
        assertThat(given.up()).isInstanceOf(Outcome.Failed.class);
        assertThat(drift()).isEmpty();
        database.run("DROP INDEX a_id");
        assertThat(drift()).isPresent();
    }

    @Test
    void aJournalThatKnowsNoFingerprintIsGoneOnWith() {
        for (var old : List.of("NULL", "'3-15-" + "a".repeat(64) + "'")) {
            database.run("UPDATE skein.state SET fingerprint = " + old);
            assertThat(drift()).isEmpty();
            assertThat(given.run(new Goal.Upgrade("+1"))).isInstanceOf(Outcome.Done.class);
            assertThat(state().fingerprint()).startsWith(Fingerprint.FORMAT + "-");
        }
    }
}
