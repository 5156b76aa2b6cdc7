// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.api.config.ApiSchema;
import dev.skein.api.fleet.FleetDatabase;
import dev.skein.api.rollout.PlanRows;
import dev.skein.api.rollout.PlanSummary;
import dev.skein.api.rollout.RolloutPlan;
import dev.skein.api.store.BackupStore;
import dev.skein.api.store.Continuity;
import dev.skein.api.store.DirectiveStore;
import dev.skein.api.store.EventStore;
import dev.skein.api.store.LeaderStore;
import dev.skein.api.store.OutcomeStore;
import dev.skein.api.store.RequestStore;
import dev.skein.api.store.RolloutStore;
import dev.skein.api.store.SiteSilence;
import dev.skein.engine.testing.TestDatabase;
import dev.skein.service.database.Db;
import dev.skein.simulation.time.Chance;
import dev.skein.simulation.time.Timeline;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The stores in memory do what those on PostgreSQL do, whatever is asked of them. */
class StoresAgreeTest {
    private static final int SEEDS = 12;
    private static final int STEPS = 80;
    private static final int SLICE = 1;
    private static final Duration LONG = Duration.ofMinutes(30);
    private static final String TARGETS =
            "SELECT rollout || ' ' || uid || ' ' || state || ' ' || coalesce(generation::text, '-')"
                    + " || ' ' || skipped FROM rollout_target ORDER BY rollout, uid";
    private static final String DIRECTIVES =
            "SELECT uid || ' ' || rollout || ' ' || generation || ' ' || (payload IS NULL) FROM"
                    + " directive ORDER BY uid";

    @RegisterExtension final TestDatabase database = new TestDatabase();

    private final Vertx vertx = Vertx.vertx();
    private final Timeline timeline = new Timeline();
    private final MemoryTables tables = new MemoryTables(timeline);
    private final Continuity continuity = new Continuity();
    private Pool pool;
    private Db db;
    private Stores real;
    private Stores memory;

    @BeforeEach
    void open() {
        ApiSchema.revisions(database.client()).upgrade(database.address(), "heads");
        database.run(
                "INSERT INTO bundle(digest, revisions, heads, content, pushed_by, pushed_at)"
                        + " VALUES ('"
                        + Asks.BUNDLE
                        + "', 1, '{a}', '', 'somebody', now())");
        var options =
                PgConnectOptions.fromUri(database.address().url())
                        .setPassword(String.valueOf(database.address().password()));
        pool =
                PgBuilder.pool()
                        .with(new PoolOptions().setMaxSize(1))
                        .connectingTo(options)
                        .using(vertx)
                        .build();
        db = new Db("test", pool);
        continuity.compared(db);
        var clock = Clock.systemUTC();
        var rollouts = new RolloutStore(new EventStore(continuity));
        real =
                new Stores(
                        db,
                        rollouts,
                        new DirectiveStore(SLICE),
                        new OutcomeStore(rollouts),
                        new LeaderStore(),
                        listening(new SiteSilence(LONG)),
                        new RealPast(),
                        new RequestStore(clock),
                        new BackupStore());
        memory =
                new Stores(
                        new MemoryDb(tables, new NoFaults()),
                        new MemoryRollouts(tables),
                        new MemoryDirectives(tables, SLICE),
                        new MemoryOutcomes(tables),
                        new MemoryLeaders(tables),
                        listening(new MemorySilence(tables, LONG)),
                        new MemoryPast(tables),
                        new MemoryRequests(),
                        new MemoryBackups());
    }

    private static SiteSilence listening(SiteSilence silence) {
        silence.heardBy(() -> LONG);
        return silence;
    }

    @AfterEach
    void close() {
        db.await(pool.close());
        db.await(vertx.close());
    }

    @Test
    void whateverIsAskedOfThem() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            var asks = new Asks(new Chance(seed), "s" + seed);
            for (int step = 0; step < STEPS; step++) {
                timeline.until(timeline.now() + 1);
                var ask = asks.next();
                var said = "seed %d, step %d: %s".formatted(seed, step, ask);
                assertThat(ask.of(memory)).as(said).isEqualTo(ask.of(real));
                assertThat(targets()).as(said).isEqualTo(list(TARGETS));
                assertThat(directives()).as(said).isEqualTo(list(DIRECTIVES));
                for (var id : asks.rollouts()) {
                    assertThat(memory.tallies(id)).as(said).isEqualTo(real.tallies(id));
                    assertThat(memory.questions(id)).as(said).isEqualTo(real.questions(id));
                }
            }
        }
    }

    private List<String> list(String sql) {
        return db.call(tx -> tx.list(sql, row -> row.getString(0)));
    }

    private List<String> targets() {
        var all = new ArrayList<String>();
        for (var target : tables.targets()) {
            var generation = target.generation() == null ? "-" : "" + target.generation();
            all.add(
                    String.join(
                            " ",
                            target.rollout(),
                            target.uid(),
                            target.state(),
                            generation,
                            String.valueOf(target.skipped())));
        }
        return all;
    }

    private List<String> directives() {
        return tables.directives().stream()
                .map(d ->
                        String.join(
                                " ",
                                d.uid(),
                                d.rollout(),
                                String.valueOf(d.generation()),
                                String.valueOf(d.content() == null)))
                .toList();
    }

    /** Nothing goes wrong. */
    private static final class NoFaults implements MemoryDb.Faults {
        @Override
        public void before() {}

        @Override
        public boolean loses() {
            return false;
        }

        @Override
        public boolean undoesWhatLost() {
            return true;
        }

        @Override
        public void after() {}
    }

    /** A plan of two waves, whose databases are handed on. */
    static RolloutPlan plan(List<String> uids, PlanRows rows) {
        var summary = new PlanSummary(List.of("one", "two"), rows);
        for (int n = 0; n < uids.size(); n++) {
            var uid = uids.get(n);
            var name = "n" + uid;
            var there =
                    new FleetDatabase(
                            uid, "eu", "s", name, List.of(), 0, "f", 15, Map.of(), null, false);
            var member = new RolloutPlan.Member(uid, "eu", name, List.of("a"), null, null);
            summary.member(n < 2 ? 0 : 1, member, there);
        }
        return summary.plan(List.of());
    }
}
