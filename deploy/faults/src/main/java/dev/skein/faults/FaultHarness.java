// SPDX-License-Identifier: Apache-2.0
package dev.skein.faults;

import dev.skein.faults.check.DurableChecks;
import dev.skein.faults.fault.FaultCatalog;
import dev.skein.faults.work.Crew;
import dev.skein.faults.work.DeadLetterReader;
import dev.skein.faults.work.Ledger;
import dev.skein.faults.work.StackOperators;
import dev.skein.faults.work.TenantDatabases;
import dev.skein.faults.work.Violations;
import dev.skein.faults.world.StackUnderFaults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Rounds: work under faults, then rest, then everything must hold. */
final class FaultHarness {
    private static final Duration TELL = Duration.ofSeconds(10);
    private static final Duration FOUND = Duration.ofMinutes(3);
    private static final long LOOK_MILLIS = 250;
    private static final String I10 = "I10";

    private final StackUnderFaults world;
    private final FaultOptions options;
    private final Consumer<String> talk;
    private final Violations violations = new Violations();
    private final FaultReport report = new FaultReport();

    FaultHarness(StackUnderFaults world, FaultOptions options, Consumer<String> talk) {
        this.world = world;
        this.options = options;
        this.talk = talk;
    }

    /** Runs all rounds, or up to the first one that leaves something broken. */
    FaultReport run() throws InterruptedException {
        var databases = new TenantDatabases(world);
        databases.create();
        try (var desk = new StackOperators(world)) {
            desk.open();
            desk.push(TenantDatabases.revisions().bytes());
            awaitFleet(desk);
            var ledger = new Ledger();
            var checks = new DurableChecks(world, databases, ledger, violations);
            try (var crew = new Crew(databases, desk, ledger, violations, options.seed());
                    var succession = new Succession(world)) {
                int number = 0;
                while (report.faults() < options.faults() && report.violations().isEmpty()) {
                    runRound(++number, crew, checks, new DeadLetterReader(desk));
                    ledger.forgetChanges(); // what was found in this round has ended
                }
                report.leaderless(succession.gaps());
            }
        }
        return report;
    }

    private static void awaitFleet(StackOperators desk) throws InterruptedException {
        long end = System.nanoTime() + FOUND.toNanos();
        while (desk.get(StackOperators.OPERATOR, "/api/databases?select=name%20=%20tenant_*").size()
                < TenantDatabases.all().size()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("the databases were not discovered");
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private void runRound(int number, Crew crew, DurableChecks checks, DeadLetterReader letters)
            throws InterruptedException {
        var round = new FaultRound(options, number);
        int before = crew.completed();
        crew.begin();
        round.happen(world);
        crew.settle();
        world.heal();
        var stages = new ConvergenceTimes(System.nanoTime());
        var left = rest(crew, checks, letters, stages);
        var took = stages.whole();
        if (left.isEmpty()) {
            checks.check();
        } else {
            left.forEach(one -> violations.add(I10, one));
        }
        crew.givenUp()
                .forEach(id -> violations.add(I10, id + " did not end, and had to be aborted"));
        round.troubles().forEach(one -> violations.add("harness", one));
        var found = violations.take();
        report.add(round.happened(), round.missed(), found, took);
        tell(number, round, crew.completed() - before, stages, found);
    }

    private void tell(
            int number,
            FaultRound round,
            int completed,
            ConvergenceTimes stages,
            List<Violations.Violation> found) {
        talk.accept(
                "round %3d: %5d faults, %3d rollouts completed, all well after %s, %d violations"
                        .formatted(number, report.faults(), completed, stages, found.size()));
        if (!found.isEmpty()) {
            talk.accept("  seed %d, round %d:%n%s".formatted(options.seed(), number, round));
            found.forEach(one -> talk.accept("  " + one));
        }
    }

    /** Waits until nothing is left open; gives what is, if that takes too long. */
    private List<String> rest(
            Crew crew, DurableChecks checks, DeadLetterReader letters, ConvergenceTimes stages)
            throws InterruptedException {
        long told = System.nanoTime();
        while (true) {
            letters.drop(FaultCatalog.POISON);
            var down = world.down();
            stages.seen(down.isEmpty(), crew.isIdle());
            boolean late = stages.whole().compareTo(options.rest()) > 0;
            var left = new ArrayList<String>();
            down.forEach(name -> left.add(name + " is down"));
            crew.unfinished().forEach(id -> left.add(id + " has not ended"));
            if (late || (left.isEmpty() && crew.isIdle())) {
                left.addAll(checks.unsettled());
            }
            if (late || (left.isEmpty() && crew.isIdle())) {
                return left;
            }
            if (System.nanoTime() - told > TELL.toNanos()) {
                told = System.nanoTime();
                tellOfWait(left);
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private void tellOfWait(List<String> left) {
        talk.accept("  not well yet: " + left.getFirst() + " and " + (left.size() - 1) + " more");
    }
}
