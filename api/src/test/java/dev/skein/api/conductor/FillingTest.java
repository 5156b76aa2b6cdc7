// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.conductor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.api.command.RolloutUnit;
import dev.skein.api.rollout.RolloutAction;
import dev.skein.api.store.Continuity;
import dev.skein.api.store.DirectiveOutcome;
import dev.skein.api.store.DirectiveStore;
import dev.skein.api.store.EventStore;
import dev.skein.api.store.RolloutStore;
import dev.skein.api.testing.OnApiDatabase;
import dev.skein.api.testing.RolloutBench;
import dev.skein.engine.Json;
import dev.skein.engine.event.BackupExtent;
import dev.skein.engine.event.Directive;
import dev.skein.service.database.Db;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Places are filled and held by the hundred, and a failure is heard of in between. */
class FillingTest extends OnApiDatabase {
    private static final int MANY = 2_000;
    private static final int SLICE = 500;

    private RolloutBench bench;

    @BeforeEach
    void begin() {
        migrate("heads");
        bench = new RolloutBench(db);
        bench.begin();
    }

    private void start(int databases, int parallel) {
        bench.propose("r", 1, databases, parallel);
        bench.approve("r");
        bench.conductor.advance("r");
    }

    private static DirectiveOutcome failure(int database) {
        return new DirectiveOutcome(
                RolloutBench.uid(database),
                "r",
                1,
                DirectiveOutcome.End.FAILED,
                "X",
                "broken",
                null);
    }

    private Directive directive(int number) {
        var payload =
                database.value(
                        "SELECT payload FROM directive WHERE uid = '%s'"
                                .formatted(RolloutBench.uid(number)));
        return Json.read(payload, Directive.class);
    }

    private String rows(String table, String state) {
        return database.value("SELECT count(*) FROM %s WHERE %s".formatted(table, state));
    }

    @Test
    void fillingTakesLessThanOneStatementForEachWould() {
        bench.propose("r", 1, 10 * MANY, MANY);
        bench.approve("r");
        long began = System.nanoTime();
        bench.conductor.advance("r");
        long filled = System.nanoTime();
        for (int n = 0; n < MANY; n++) {
            db.run(tx -> tx.query("SELECT 1"));
        }
        long asked = System.nanoTime();
        assertThat(bench.in("r", "open")).isEqualTo(MANY);
        assertThat(rows("directive", "NOT published AND payload IS NOT NULL")).isEqualTo("" + MANY);
        assertThat(rows("wave_tally", "open = " + MANY)).isEqualTo("1");
        assertThat(filled - began).isLessThan(asked - filled);
    }

    @Test
    void whatIsNextIsFoundByItsKeysAlsoInARolloutThatIsNew() {
        bench.propose("known", 1, MANY, SLICE);
        database.run("ANALYZE");
        bench.propose("r", 1, 10 * MANY, SLICE);
        bench.approve("r");
        long read =
                db.call(tx -> {
                    long before = read(tx);
                    var order = RolloutUnit.order(bench.rollouts.lock(tx, "r").state());
                    assertThat(bench.directives.open(tx, order, 0, MANY)).isEqualTo(SLICE);
                    assertThat(bench.directives.hold(tx, order)).isEqualTo(SLICE);
                    assertThat(bench.directives.hold(tx, order)).isZero();
                    return read(tx) - before;
                });
        assertThat(read).as("rows of targets").isLessThan(10 * SLICE);
    }

    private static long read(Db.Tx tx) {
        return tx.query(
                        """
                        SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_xact_user_tables
                        WHERE relname = 'rollout_target'
                        """)
                .iterator()
                .next()
                .getLong(0);
    }

    @Test
    void aDirectiveSaysWhatIsKnownOfItsDatabase() {
        database.run(
                """
                INSERT INTO fleet_database (uid, site, server, name, agent, heads, seq, accepted, size_bytes,
                    server_major, labels, reported_at, observed)
                SELECT lpad(to_hex(n), 32, '0'), 'eu', 'main', 'n' || n, 'eu-1', '{}', 0, 7 * n, 1, 15, '{}', now(), 'f' || n
                FROM generate_series(1, 2) n;
                INSERT INTO drift_rule VALUES (lpad('1', 32, '0'), 'f1', NULL), (lpad('1', 32, '0'), 'f0', NULL),
                    (lpad('2', 32, '0'), 'f2', now());
                INSERT INTO directive (uid, site, rollout, generation, payload, published)
                VALUES (lpad('2', 32, '0'), 'eu', 'earlier', 20, NULL, true)\
                """);
        bench.propose("r", 1, 3, 3);
        database.run("UPDATE rollout_target SET heads = '{x,y}', restore = 'sum' WHERE place = 3");
        database.run("UPDATE rollout_target SET path = '{b}' WHERE place = 2");
        database.run("UPDATE rollout SET additive = '{a}'");
        bench.approve("r");
        bench.conductor.advance("r");
        assertThat(List.of(directive(1), directive(2), directive(3)))
                .extracting(Directive::generation)
                .containsExactly(8L, 21L, 1L);
        assertThat(directive(1).adopted()).isEqualTo("f1");
        assertThat(directive(2).adopted()).as("what is over").isNull();
        assertThat(directive(1).path()).containsExactly("a");
        assertThat(directive(1).backup()).isEqualTo(BackupExtent.SCHEMA);
        assertThat(directive(2).backup()).isEqualTo(BackupExtent.FULL);
        assertThat(directive(3).restore()).isEqualTo("sum");
        assertThat(directive(3).heads()).containsExactly("x", "y");
        assertThat(directive(3).path()).isNull();
        bench.on("r", new RolloutAction.Pause("p", "wait"));
        assertThat(directive(2).action()).isEqualTo(Directive.Action.HOLD);
        assertThat(directive(2).generation()).isEqualTo(22);
        assertThat(bench.in("r", "holding")).isEqualTo(3);
        assertThat(rows("wave_tally", "open = 3")).isEqualTo("1");
    }

    @Test
    void aPauseIsThereAtOnceAndTheConductorHoldsTheRest() {
        start(MANY, 3 * SLICE);
        bench.on("r", new RolloutAction.Pause("p", "wait"));
        assertThat(bench.in("r", "holding")).isEqualTo(SLICE);
        assertThat(db.call(bench.rollouts::unheld)).containsExactly("r");
        bench.conductor.advance("r");
        assertThat(bench.in("r", "holding")).isEqualTo(3 * SLICE);
        assertThat(db.call(bench.rollouts::unheld)).isEmpty();
        assertThat(rows("directive", "payload LIKE '%HOLD%' AND generation = 2"))
                .isEqualTo("" + 3 * SLICE);
    }

    @Test
    void theLastThatWereOpenedAreHeldFirstSinceTheyMayNotBeOnTheirWay() {
        start(MANY, 2 * SLICE);
        bench.on("r", new RolloutAction.Pause("p", "wait"));
        assertThat(
                        database.value(
                                """
                                SELECT min(place) || ' ' || max(place) FROM rollout_target
                                WHERE state = 'holding'
                                """))
                .isEqualTo(SLICE + 1 + " " + 2 * SLICE);
    }

    @Test
    void nothingIsOpenedBehindAFailureThatIsCounted() {
        var locks = new AtomicInteger();
        var other = pool(options());
        var counting = new Db("counting", other);
        var stores =
                new RolloutStore(new EventStore(new Continuity())) {
                    @Override
                    public Locked lock(Db.Tx tx, String id) {
                        if (locks.incrementAndGet() == 3) { // two slices are open
                            counting.call(t -> bench.outcomes.apply(t, List.of(failure(1))));
                        }
                        return super.lock(tx, id);
                    }
                };
        bench.propose("r", 1, MANY, MANY);
        bench.approve("r");
        new RolloutBench(db, stores, new DirectiveStore()).conductor.advance("r");
        assertThat(bench.in("r", "failed")).isEqualTo(1);
        assertThat(bench.in("r", "holding")).isEqualTo(2 * SLICE - 1);
        assertThat(bench.in("r", "pending")).isEqualTo(MANY - 2 * SLICE);
        assertThat(rows("rollout", "status = 'halted'")).isEqualTo("1");
        db.await(other.close());
    }

    @Test
    void anOutcomeIsCountedWhileSomebodyDecides() {
        start(3, 3);
        var other = pool(options());
        var counting = new Db("counting", other);
        db.run(tx -> {
            bench.rollouts.lock(tx, "r");
            counting.call(t -> bench.outcomes.apply(t, List.of(failure(1))));
        });
        assertThat(rows("wave_tally", "failed = 1")).isEqualTo("1");
        db.await(other.close());
    }
}
