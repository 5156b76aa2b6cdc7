// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skein.engine.catalog.Fingerprint;
import dev.skein.engine.execute.Migrator;
import dev.skein.engine.execute.order.AcceptedDrift;
import dev.skein.engine.execute.order.Brake;
import dev.skein.engine.execute.order.Goal;
import dev.skein.engine.execute.order.Limits;
import dev.skein.engine.execute.order.MigrationOrder;
import dev.skein.engine.execute.order.Outcome;
import dev.skein.engine.execute.order.Progress;
import dev.skein.engine.execute.order.Safeguard;
import dev.skein.engine.execute.order.SchemaDrift;
import dev.skein.engine.execute.order.Scope;
import dev.skein.engine.execute.order.UnacceptedDrift;
import dev.skein.engine.journal.Author;
import dev.skein.engine.journal.EntryBody;
import dev.skein.engine.journal.EntryDraft;
import dev.skein.engine.journal.EntryKind;
import dev.skein.engine.journal.Envelope;
import dev.skein.engine.journal.Journal;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.plan.Step;
import dev.skein.engine.testing.MigrationSetting;
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

    private static final String CONCURRENTLY =
            "--@ transaction: none\n--@ upgrade\nCREATE INDEX CONCURRENTLY a_id ON a (id);\n";

    @RegisterExtension final TestDatabase database = new TestDatabase();
    private MigrationSetting given = new MigrationSetting(database);
    private int changes;

    @BeforeEach
    void oneIsApplied() {
        given = new MigrationSetting(database).table("a");
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
            return DriftGuard.drift(session, "", state()).map(SchemaDrift::found);
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
                .isInstanceOf(UnacceptedDrift.class)
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
    void aStampOfWhatStandsAlreadyAcceptsItToo() {
        database.run(BY_HAND);
        var stamp = new Goal.Stamp(List.of("a"), false);
        assertThat(accepting(stamp, null, new AcceptedDrift("kept", null)))
                .isInstanceOf(Outcome.Done.class);
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
    void whatSomebodyChangesDuringTheBackupIsFound() {
        Safeguard backup =
                (state, history, stop) -> {
                    database.run(BY_HAND);
                    return Optional.of(
                            new EntryDraft(state.heads(), "saved", new EntryBody.BackedUp("", "")));
                };
        var order = given.order(new Goal.Upgrade("head"), null);
        var migrator = new Migrator(database.client(), Clock.systemUTC());
        isRefused(migrator.run(order, Brake.OFF, Progress.NONE, backup));
        assertThat(state().heads()).containsExactly("a");
        assertThat(drift()).isPresent();
    }

    @Test
    void whatIsSavedBeforeTheFirstRevisionMustStaySo() {
        database.run("DROP SCHEMA skein CASCADE; DROP TABLE a");
        var first = new MigrationSetting(database).table("a");
        var hand = new AtomicBoolean(true);
        Safeguard backup =
                (state, history, stop) -> {
                    database.run(hand.get() ? "CREATE TABLE hand (id int)" : "SELECT 1");
                    return Optional.of(
                            new EntryDraft(state.heads(), "saved", new EntryBody.BackedUp("", "")));
                };
        var order = first.order(new Goal.Upgrade("head"), null);
        var migrator = new Migrator(database.client(), Clock.systemUTC());
        isRefused(migrator.run(order, Brake.OFF, Progress.NONE, backup));
        database.run("DROP TABLE hand");
        hand.set(false);
        assertThat(migrator.run(order, Brake.OFF, Progress.NONE, backup))
                .isInstanceOf(Outcome.Done.class);
        assertThat(envelopes()).noneMatch(e -> e.kind() == EntryKind.ADOPTED);
        assertThat(drift()).isEmpty();
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

    private MigrationOrder withoutRetry() {
        return new MigrationOrder(
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
        given.revision("d", CONCURRENTLY);
        given.revision("e", "--@ upgrade\nSELECT 1/0;\n");
        assertThat(given.up()).isInstanceOf(Outcome.Failed.class);
        assertThat(drift()).isEmpty();
        database.run("DROP INDEX a_id");
        assertThat(drift()).isPresent();
    }

    private SchemaDrift whole() {
        try (var session = database.open()) {
            return DriftGuard.drift(session, "", state()).orElseThrow();
        }
    }

    @Test
    void whatSomebodyElseChangedIsToldObjectByObject() {
        database.run(
                """
                ALTER TABLE a ADD COLUMN hand int DEFAULT 7, ALTER COLUMN id TYPE bigint;
                CREATE TABLE extra (id int PRIMARY KEY);
                COMMENT ON TABLE a IS 'by hand'\
                """);
        var drift = whole();
        assertThat(drift.isTold()).isTrue();
        assertThat(drift.lines(10))
                .containsExactly(
                        "changed table public.a: comment was unset, is by hand",
                        "added table public.extra: persistence p",
                        "added column public.a.hand: type integer, default 7",
                        "changed column public.a.id: type was integer, is bigint");
        assertThat(drift.lines(1)).hasSize(2).last().isEqualTo("and 3 more");
        var refused = (Outcome.Refused) given.up();
        assertThat(refused.reason())
                .hasMessageContaining("changed table public.a, added table public.extra")
                .hasMessageContaining("and 1 more");
    }

    @Test
    void eachWayInWhichARunEndsKeepsWhatItLeft() {
        database.run("CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'"); // a rare kind
        given.upAccepting();
        isToldAfterAChange();
        given.upAccepting(); // and nothing else
        isToldAfterAChange();
        given.upAccepting();
        assertThat(given.run(new Goal.TakeBack(List.of("c")))).isInstanceOf(Outcome.Done.class);
        isToldAfterAChange();
        given.upAccepting();
        assertThat(given.run(new Goal.Stamp(List.of("a"), true))).isInstanceOf(Outcome.Done.class);
        isToldAfterAChange();
    }

    @Test
    void eachWayInWhichAStepEndsKeepsWhatItLeft() {
        given.revision("d", CONCURRENTLY);
        assertThat(given.up()).isInstanceOf(Outcome.Done.class);
        isToldAfterAChange();
        given.upAccepting();
        given.revision("e", "--@ upgrade\nCREATE TABLE e ();\n");
        given.revision("f", "--@ upgrade\nSELECT 1/0;\n");
        assertThat(given.up()).isInstanceOf(Outcome.Failed.class);
        isToldAfterAChange();
    }

    private void isToldAfterAChange() {
        assertThat(drift()).isEmpty();
        var name = "by_hand_" + ++changes;
        database.run("CREATE TABLE " + name + " (id int)");
        assertThat(whole().lines(10))
                .containsExactly("added table public." + name + ": persistence p");
    }

    @Test
    void aJournalOfAnOlderVersionSaysThatItCannotTellAndCanAfterTheNextRun() {
        database.run("ALTER TABLE skein.state DROP COLUMN catalog");
        assertThat(drift()).isEmpty();
        database.run(BY_HAND);
        assertThat(whole().isTold()).isFalse();
        assertThat(whole().lines(10)).singleElement().asString().contains("not known");
        isRefused(given.up());
        given.upAccepting();
        database.run("ALTER TABLE a ADD COLUMN again int");
        assertThat(whole().lines(10)).containsExactly("added column public.a.again: type integer");
    }

    @Test
    void whoIsNotTheJournalsOwnerGoesWithoutWhereTheOwnerMadeNoPlace() {
        database.run("ALTER TABLE skein.state DROP COLUMN catalog");
        var role = "guest_" + database.address().database();
        database.run(
                """
                CREATE ROLE %1$s LOGIN PASSWORD 'p'; GRANT ALL ON SCHEMA public, skein TO %1$s;
                GRANT ALL ON ALL TABLES IN SCHEMA skein TO %1$s\
                """
                        .formatted(role));
        database.whenDropped("DROP ROLE " + role);
        var owner = database.address();
        database.as(role, "p");
        assertThat(given.upAccepting()).isInstanceOf(Outcome.Done.class);
        database.run("CREATE TABLE by_hand (id int)");
        assertThat(whole().isTold()).isFalse();
        database.run("DROP TABLE by_hand");
        database.as(owner);
        database.run("ALTER TABLE skein.state ADD COLUMN catalog text");
        database.as(role, "p");
        assertThat(given.run(new Goal.Downgrade("-1"))).isInstanceOf(Outcome.Done.class);
        database.run("CREATE TABLE by_hand (id int)");
        assertThat(whole().isTold()).isTrue();
        database.as(owner);
    }

    @Test
    void whoeverReadsTheJournalMeanwhileHoldsNobodyUp() {
        database.run("ALTER TABLE skein.state DROP COLUMN catalog");
        try (var reader = database.open()) {
            reader.script("BEGIN; SELECT * FROM skein.state", Duration.ofSeconds(5));
            assertThat(given.run(new Goal.Upgrade("+1"))).isInstanceOf(Outcome.Done.class);
            reader.script("COMMIT", Duration.ofSeconds(5));
        }
        assertThat(given.up()).isInstanceOf(Outcome.Done.class);
        isToldAfterAChange();
    }

    @Test
    void aTextThatIsNotWhatTheFingerprintIsOfCountsAsNone() {
        database.run("UPDATE skein.state SET catalog = replace(catalog, 'integer', 'bigint')");
        database.run(BY_HAND);
        assertThat(whole().isTold()).isFalse();
    }

    @Test
    void ofASchemaThatIsTooLargeNothingIsKept() {
        database.run(
                """
                DO $$ BEGIN
                    EXECUTE format('COMMENT ON TABLE a IS %L', repeat('long ', 1700000));
                END $$\
                """);
        given.upAccepting();
        assertThat(database.value("SELECT catalog IS NULL FROM skein.state")).isEqualTo("true");
        database.run("CREATE TABLE by_hand (id int)");
        assertThat(whole().lines(10)).singleElement().asString().contains("too large");
    }
}
