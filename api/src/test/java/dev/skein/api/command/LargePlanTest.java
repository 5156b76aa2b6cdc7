// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.api.config.ApiSchema;
import dev.skein.api.rollout.RolloutAction;
import dev.skein.api.rollout.RolloutPlan;
import dev.skein.api.testing.PlanningBench;
import dev.skein.engine.Json;
import dev.skein.engine.SkeinException;
import dev.skein.service.testing.OnDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A plan costs what is shown, and binds what the fleet has. With {@code -Dskein.planned=100000} it
 * is one of so many databases, and says how long it took.
 */
class LargePlanTest extends OnDatabase {
    private static final int MANY = Integer.getInteger("skein.planned", 5_000);
    private static final int EARLY = Math.ceilDiv(MANY * 9 / 10, 20);
    private static final int LARGEST_ANSWER = 200_000;
    private static final Duration BOUND = Duration.ofSeconds(5);

    private PlanningBench bench;

    LargePlanTest() {
        super(4);
    }

    @BeforeEach
    void begin() {
        ApiSchema.revisions(database.client()).upgrade(database.address(), "heads");
        bench = new PlanningBench(db);
        bench.begin();
    }

    private static <T> T timed(String what, Callable<T> work) throws Exception {
        long since = System.nanoTime();
        var result = work.call();
        var took = Duration.ofNanos(System.nanoTime() - since);
        if (System.getProperty("skein.planned") != null) {
            System.out.printf("%s of %d databases: %d ms%n", what, MANY, took.toMillis());
        }
        assertThat(took).as(what).isLessThan(BOUND);
        return result;
    }

    private void create(String id, String select) {
        bench.commands.create(PlanningBench.spec(id, select), "ann");
    }

    @Test
    void itIsShownInLittleAndItsRowsAreWhatItBinds() throws Exception {
        bench.fleet(MANY);
        timed(
                "create and plan",
                () -> {
                    create("r", "tier = free");
                    return true;
                });
        var shown = timed("plan", () -> bench.views.plan("r"));
        assertThat(Json.bytes(shown).length).isLessThan(LARGEST_ANSWER);
        var plan = shown.plan();
        assertThat(plan.databases()).isEqualTo(MANY * 9 / 10);
        assertThat(plan.waves())
                .extracting(RolloutPlan.Wave::databases)
                .containsExactly(2, EARLY, MANY * 9 / 10 - EARLY - 2);
        assertThat(plan.setAside())
                .extracting(RolloutPlan.Reason::reason)
                .containsExactly("it cannot be reached");
        assertThat(plan.notes())
                .containsExactly(
                        "selects %d of the %d databases that there are".formatted(MANY, MANY));
        assertThat(bench.setAside("r")).hasSize(plan.setAsideInAll()).hasSize(MANY / 10);
        assertThat(bench.digest("r")).isEqualTo(plan.digest());
        assertThat(shown.hash()).isEqualTo(plan.hash(PlanningBench.spec("r", "tier = free")));
        bench.commands.on("r", new RolloutAction.Approve("bob", shown.hash()), "bob");

        var events =
                database.value(
                        "SELECT max(length(envelope)) FROM event WHERE stream = 'rollout/r'");
        assertThat(Integer.parseInt(events)).as("no event has the databases").isLessThan(2_000);
    }

    @Test
    void itsRollbackToo() throws Exception {
        bench.fleet(MANY);
        create("r", "");
        var hash = bench.views.plan("r").hash();
        bench.commands.on("r", new RolloutAction.Approve("bob", hash), "bob");
        bench.complete("r");
        bench.commands.on("r", new RolloutAction.Abort("joe", "a test"), "joe");
        var view =
                timed(
                        "rollback plan",
                        () -> bench.rollbacks.plan(PlanningBench.undo("r", null), false));
        assertThat(Json.bytes(view).length).isLessThan(LARGEST_ANSWER);
        assertThat(view.plan().databases() + view.plan().setAsideInAll()).isEqualTo(MANY * 9 / 10);
        assertThatThrownBy(
                        () -> bench.rollbacks.start(PlanningBench.undo("r", "0".repeat(64)), "joe"))
                .hasMessageContaining("another one by now");
        var seen = PlanningBench.undo("r", view.seen());
        timed("rollback", () -> bench.rollbacks.start(seen, "joe"));
        var plan = bench.views.plan("r-rollback").plan();
        assertThat(plan).isEqualTo(view.plan());
        assertThat(bench.digest("r-rollback")).isEqualTo(plan.digest());
    }

    @Test
    void whatSelectsNothingOrEverythingIsSaidSo() {
        bench.fleet(30);
        assertThatThrownBy(() -> create("none", "name = nobody*"))
                .hasMessageContaining("no database matches 'name = nobody*' (the fleet has 30)");
        assertThatThrownBy(() -> create("none", "teir = free"))
                .hasMessageContaining("no database has the label 'teir'")
                .hasMessageContaining("Known are: name, region, server, site, tier, uid");
        assertThat(database.value("SELECT count(*) FROM rollout_target")).isEqualTo("0");
        assertThat(database.value("SELECT count(*) FROM plan_aside")).isEqualTo("0");
        create("all", "tier != paid");
        assertThat(bench.views.plan("all").plan().databases()).isEqualTo(27);
    }

    @Test
    void tenWhoPlanAtOnceWaitForEachOther() throws Exception {
        bench.fleet(500);
        var asked = new ArrayList<Callable<String>>();
        for (int n = 0; n < 10; n++) {
            var id = n < 5 ? "same" : "other-" + n;
            asked.add(() -> created(id));
        }
        assertThat(together(asked))
                .containsExactlyInAnyOrder(
                        "same",
                        "there is one with this name",
                        "there is one with this name",
                        "there is one with this name",
                        "there is one with this name",
                        "other-5",
                        "other-6",
                        "other-7",
                        "other-8",
                        "other-9");
        var plans = new ArrayList<Callable<String>>();
        for (int n = 0; n < 10; n++) {
            plans.add(() -> bench.views.plan("same").hash());
        }
        assertThat(together(plans)).containsOnly(bench.views.plan("same").hash());
    }

    private String created(String id) {
        try {
            create(id, "");
            return id;
        } catch (SkeinException e) {
            return e.found();
        }
    }

    private static List<String> together(List<Callable<String>> asked)
            throws InterruptedException, ExecutionException {
        var answers = new ArrayList<String>();
        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : people.invokeAll(asked)) {
                answers.add(answer.get());
            }
        }
        return answers;
    }
}
