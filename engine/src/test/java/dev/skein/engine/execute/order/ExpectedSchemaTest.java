// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.skein.engine.catalog.Fingerprint;
import dev.skein.engine.execute.JournalAdoption;
import dev.skein.engine.execute.Migrator;
import dev.skein.engine.execute.check.DriftGuard;
import dev.skein.engine.journal.Author;
import dev.skein.engine.journal.EntryKind;
import dev.skein.engine.journal.Envelope;
import dev.skein.engine.journal.Journal;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.testing.MigrationSetting;
import dev.skein.engine.testing.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExpectedSchemaTest {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final String BUILDING =
            "SELECT pid FROM pg_stat_activity WHERE query LIKE 'CREATE INDEX CONC%'"
                    + " AND wait_event_type = 'Lock' AND datname = current_database()";

    @RegisterExtension final TestDatabase database = new TestDatabase();
    private MigrationSetting given = new MigrationSetting(database);

    @BeforeEach
    void oneIsApplied() {
        given = new MigrationSetting(database).table("a");
        assertThat(expected()).isInstanceOf(ExpectedSchema.Anything.class);
        assertThat(given.up()).isInstanceOf(Outcome.Done.class);
        assertThat(expected()).isInstanceOf(ExpectedSchema.Known.class);
        given.table("b").table("c");
    }

    private JournalState state() {
        try (var session = database.open()) {
            return new Journal(session, "").read().orElseThrow();
        }
    }

    private ExpectedSchema expected() {
        try (var session = database.open()) {
            return new Journal(session, "").exists()
                    ? ExpectedSchema.of(session, "", state())
                    : new ExpectedSchema.Anything();
        }
    }

    private static List<String> unknownPrints() {
        var hash = "-" + "a".repeat(64) + "'";
        return List.of("NULL", "'3-15" + hash, "'" + Fingerprint.FORMAT + "-9" + hash);
    }

    private List<Envelope> unknown() {
        return given.history().stream().filter(e -> "unknown".equals(e.outcome())).toList();
    }

    @ParameterizedTest
    @MethodSource("unknownPrints")
    void whereNobodyKnowsHowTheSchemaHadToBeARunGoesOnAndTheJournalSaysSo(String old) {
        database.run("UPDATE skein.state SET fingerprint = " + old);
        database.run("ALTER TABLE a ADD COLUMN hand int");
        assertThat(expected()).isInstanceOf(ExpectedSchema.Unknown.class);
        assertThat(given.run(new Goal.Upgrade("+1"))).isInstanceOf(Outcome.Done.class);
        assertThat(state().fingerprint()).startsWith(Fingerprint.FORMAT + "-");
        assertThat(unknown())
                .singleElement()
                .satisfies(e -> {
                    assertThat(e.kind()).isEqualTo(EntryKind.ADOPTED);
                    assertThat(e.heads()).containsExactly("a");
                    assertThat(e.fingerprint()).startsWith(Fingerprint.FORMAT + "-");
                });
        assertThat(given.up()).isInstanceOf(Outcome.Done.class);
        assertThat(unknown()).as("once").hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("unknownPrints")
    void aPersonsWordEndsThatWithNothingElseToDo(String old) {
        var there = new Goal.Upgrade("a");
        var stamp = new Goal.Stamp(List.of("a"), false);
        var ways =
                List.<Supplier<Outcome>>of(
                        () -> accepting(there), () -> given.run(stamp), () -> given.run(there, 1L));
        for (var way : ways) {
            database.run("UPDATE skein.state SET fingerprint = " + old);
            var before = state();
            assertThat(given.run(there)).isInstanceOf(Outcome.Done.class);
            assertThat(state().seq()).as("an upgrade alone says nothing").isEqualTo(before.seq());
            assertThat(state().fingerprint()).isEqualTo(before.fingerprint());
            var count = unknown().size();
            assertThat(way.get()).isInstanceOf(Outcome.Done.class);
            assertThat(state().fingerprint()).startsWith(Fingerprint.FORMAT + "-");
            assertThat(unknown()).hasSize(count + 1);
        }
    }

    @Test
    void aJournalThatWasOnlyCreatedAndBoundElsewhereExpectsNothing() {
        database.run("DROP SCHEMA skein CASCADE; DROP TABLE a");
        given.run(new Goal.Stamp(List.of("base"), false));
        database.run("UPDATE skein.state SET place = 'elsewhere'");
        JournalAdoption.run(
                database.client(),
                database.address(),
                Scope.DATABASE,
                new Author("tester", null, null),
                JournalAdoption.Claim.of(JournalAdoption.Reason.MOVED),
                Clock.systemUTC());
        assertThat(given.kinds()).containsExactly("initialized", "adopted");
        assertThat(expected()).isInstanceOf(ExpectedSchema.Anything.class);
        assertThat(given.up()).isInstanceOf(Outcome.Done.class);
        assertThat(unknown()).isEmpty();
    }

    @Test
    void anUpgradeWithNothingToDoSaysThatNobodyKnows() {
        var told = new ArrayList<String>();
        var progress =
                new Progress() {
                    @Override
                    public void staysUnknown(ExpectedSchema.Unknown unknown, List<String> heads) {
                        told.add(unknown.remedy(heads));
                    }
                };
        var order = given.order(new Goal.Upgrade("a"), null);
        var migrator = new Migrator(database.client(), Clock.systemUTC());
        assertThat(migrator.run(order, Brake.OFF, progress)).isInstanceOf(Outcome.Done.class);
        assertThat(told).isEmpty();
        database.run("UPDATE skein.state SET fingerprint = NULL");
        assertThat(migrator.run(order, Brake.OFF, progress)).isInstanceOf(Outcome.Done.class);
        assertThat(told).singleElement().asString().endsWith("skein stamp a");
    }

    @Test
    void anUpgradeWithNothingToDoTellsOfDriftAndLeavesIt() {
        var told = new ArrayList<SchemaDrift>();
        var progress =
                new Progress() {
                    @Override
                    public void staysDrifted(SchemaDrift drift) {
                        told.add(drift);
                    }
                };
        var order = given.order(new Goal.Upgrade("a"), null);
        var migrator = new Migrator(database.client(), Clock.systemUTC());
        assertThat(migrator.run(order, Brake.OFF, progress)).isInstanceOf(Outcome.Done.class);
        assertThat(migrator.run(order, Brake.OFF, progress)).isInstanceOf(Outcome.Done.class);
        assertThat(told).isEmpty();
        database.run("CREATE TABLE by_hand (i int)");
        assertThat(migrator.run(order, Brake.OFF, progress)).isInstanceOf(Outcome.Done.class);
        assertThat(migrator.run(order, Brake.OFF, progress)).isInstanceOf(Outcome.Done.class);
        assertThat(told).hasSize(2);
    }

    /** A version older: it knew fewer kinds of objects, of which there are none yet. */
    private void leftByAnOlderVersion() {
        database.run(
                "UPDATE skein.state SET fingerprint = regexp_replace(fingerprint, '^[0-9]+', '4')");
    }

    @Test
    void whatAnOlderVersionLeftIsStillComparedInWhatThatKnew() {
        leftByAnOlderVersion();
        var there = new Goal.Upgrade("a");
        assertThat(given.run(there, 1L)).isInstanceOf(Outcome.Done.class);
        assertThat(state().fingerprint()).startsWith(Fingerprint.FORMAT + "-");
        leftByAnOlderVersion();
        database.run("ALTER TABLE a ADD COLUMN hand int");
        assertThat(given.up())
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused ->
                                assertThat(refused.reason())
                                        .hasMessageContaining("changed by somebody else"));
        assertThat(accepting(there)).isInstanceOf(Outcome.Done.class);
        assertThat(state().fingerprint()).startsWith(Fingerprint.FORMAT + "-");
        assertThat(given.up()).isInstanceOf(Outcome.Done.class);
        assertThat(unknown()).isEmpty();
    }

    /** Of a kind that the older version knew nothing of. */
    private void untoldIsThere() {
        database.run("CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = simple)");
    }

    @Test
    void whatAnOlderVersionToldNothingOfIsNotTakenInSilence() {
        leftByAnOlderVersion();
        untoldIsThere();
        assertThat(given.run(new Goal.Upgrade("a"), 1L)).isInstanceOf(Outcome.Done.class);
        assertThat(state().fingerprint()).startsWith(Fingerprint.FORMAT + "-");
        assertThat(unknown())
                .singleElement()
                .satisfies(e -> assertThat(e.fingerprint()).isEqualTo(state().fingerprint()));
        database.run("DROP TEXT SEARCH DICTIONARY d");
        assertThat(given.up()).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void theJournalSaysWhatWasAcceptedAsTheFindingSaysIt() {
        leftByAnOlderVersion();
        database.run("ALTER TABLE a ADD COLUMN hand int");
        String found;
        try (var session = database.open()) {
            found = DriftGuard.drift(session, "", state()).orElseThrow().found().toString();
        }
        untoldIsThere(); // meanwhile
        var one = new AcceptedDrift("kept", found);
        var order = given.order(new Goal.Upgrade("a"), 1L).withDrift(one);
        assertThat(given.run(order, Brake.OFF)).isInstanceOf(Outcome.Done.class);
        assertThat(given.history().stream().filter(e -> e.kind() == EntryKind.ADOPTED))
                .extracting(Envelope::outcome, Envelope::fingerprint)
                .containsExactly(tuple("drift", found), tuple("unknown", state().fingerprint()));
        assertThat(expected()).isInstanceOf(ExpectedSchema.Known.class);
        database.run("ALTER TABLE a DROP COLUMN hand");
        try (var session = database.open()) {
            assertThat(DriftGuard.drift(session, "", state()).orElseThrow().lines(9))
                    .containsExactly("removed column public.a.hand: type integer");
        }
    }

    @Test
    void aPersonsWordBringsAFingerprintOfAnOlderVersionUpToDate() {
        leftByAnOlderVersion();
        assertThat(accepting(new Goal.Upgrade("a"))).isInstanceOf(Outcome.Done.class);
        assertThat(state().fingerprint()).startsWith(Fingerprint.FORMAT + "-");
        assertThat(given.kinds()).endsWith("adopted");
    }

    private Outcome accepting(Goal goal) {
        var kept = new AcceptedDrift("kept", null);
        return given.run(given.order(goal, null).withDrift(kept), Brake.OFF);
    }

    /** Ends a run's session while it builds an index outside a transaction. */
    private void endedWhileItBuilds() {
        var order = given.order(new Goal.Upgrade("heads"), null);
        var once =
                new MigrationOrder(
                        order.address(),
                        order.scope(),
                        order.scripts(),
                        order.goal(),
                        order.author(),
                        Limits.DEFAULT.withRetries(0));
        try (var holder = database.open();
                var runs = Executors.newVirtualThreadPerTaskExecutor()) {
            holder.script("BEGIN; LOCK TABLE a IN ROW EXCLUSIVE MODE", SOON);
            var run = runs.submit(() -> given.run(once, Brake.OFF));
            await().until(() -> !database.value(BUILDING).isEmpty());
            database.run("SELECT pg_terminate_backend(pid) FROM (" + BUILDING + ") AS b");
            assertThat(run.get()).isInstanceOf(Outcome.Lost.class);
            holder.script("ROLLBACK", SOON);
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatIsUnderWayIsUnknownUntilItEndsAndTheJournalSaysSo() {
        given.revision(
                "d",
                "--@ transaction: none\n--@ upgrade\nCREATE INDEX CONCURRENTLY i ON a (id);\n");
        endedWhileItBuilds();
        assertThat(expected())
                .isInstanceOfSatisfying(
                        ExpectedSchema.Unknown.class, u -> assertThat(u.isUnderWay()).isTrue());
        assertThat(unknown()).isEmpty();
        assertThat(given.up()).isInstanceOf(Outcome.Done.class);
        assertThat(unknown()).singleElement().satisfies(e -> assertThat(e.fingerprint()).isNull());
        assertThat(expected()).isInstanceOf(ExpectedSchema.Known.class);
    }
}
