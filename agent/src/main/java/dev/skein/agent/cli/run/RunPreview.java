// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.run;

import dev.skein.agent.cli.common.Output;
import dev.skein.agent.cli.place.DatabasePlace;
import dev.skein.agent.cli.place.PlaceSession;
import dev.skein.agent.cli.place.SystemUser;
import dev.skein.engine.SkeinException;
import dev.skein.engine.execute.PlanChecks;
import dev.skein.engine.execute.offline.OfflineScript;
import dev.skein.engine.execute.order.ExpectedSchema;
import dev.skein.engine.execute.order.Goal;
import dev.skein.engine.execute.order.Scope;
import dev.skein.engine.execute.session.RenamedSchema;
import dev.skein.engine.journal.EntryChain;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.plan.Plan;
import dev.skein.engine.plan.Planner;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.revision.Resolver;
import dev.skein.engine.script.Scripts;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a run would do: its plan, or its SQL. Nothing is written. */
final class RunPreview {
    private final Output out;
    private final Scripts scripts;

    RunPreview(Output out, Scripts scripts) {
        this.out = out;
        this.scripts = scripts;
    }

    /** A step in JSON. */
    record PlannedStep(String direction, String revision, String message, List<String> heads) {}

    private Plan plan(Goal goal, List<String> heads) {
        var planner = new Planner(scripts.graph(), heads);
        return switch (goal) {
            case Goal.Upgrade up -> planner.upgrade(up.target());
            case Goal.Downgrade down -> planner.downgrade(down.target());
            case Goal.TakeBack back -> planner.takeBack(back.ids());
            case Goal.Stamp stamp ->
                    throw SkeinException.usage("Stamp", "it runs no SQL that could be shown", "");
        };
    }

    /** A database's plan in JSON, where there are several. */
    record DatabasePlan(String database, List<PlannedStep> steps) {}

    /** The plan of a database; one without a journal is at its base. */
    DatabasePlan planned(PgClient client, DatabasePlace place, Goal goal) {
        return new DatabasePlan(place.name(), plan(client, place, goal));
    }

    /**
     * Prints plans.
     *
     * @param named whether each comes with its database's name
     */
    void print(List<DatabasePlan> plans, boolean named, boolean json) {
        if (json) {
            out.json(named ? plans : plans.getFirst().steps());
            return;
        }
        for (var plan : plans) {
            var name = named ? plan.database() + ": " : "";
            if (plan.steps().isEmpty()) {
                out.say(name + "Nothing to do");
            }
            plan.steps()
                    .forEach(s ->
                            out.result(
                                    name + s.direction() + " " + s.revision() + " " + s.message()));
        }
    }

    private List<PlannedStep> plan(PgClient client, DatabasePlace place, Goal goal) {
        try (var session = PlaceSession.open(client, place)) {
            var state = PlaceSession.read(session, place);
            var plan = plan(goal, state.map(JournalState::heads).orElse(List.of()));
            if (state.isEmpty() && goal instanceof Goal.Upgrade) {
                RenamedSchema.refuse(session, place.scope());
            }
            state.ifPresentOrElse(
                    s -> PlanChecks.check(session, place.scope(), s, plan, scripts),
                    () -> PlanChecks.steps(session.subject(), plan, scripts));
            return plan.steps().stream().map(this::planned).toList();
        }
    }

    private PlannedStep planned(dev.skein.engine.plan.Step step) {
        return new PlannedStep(
                step.direction().name().toLowerCase(java.util.Locale.ROOT),
                step.revision(),
                scripts.get(step.revision()).revision().message(),
                step.headsAfter());
    }

    /**
     * Prints the SQL of a run on one database; it keeps the journal, too.
     *
     * @param plain whether it leaves the journal alone; of a database without one it is always so,
     *     which is at its base then
     */
    int sql(PgClient client, DatabasePlace place, Goal goal, boolean plain) {
        try (var session = PlaceSession.open(client, place)) {
            var found = PlaceSession.read(session, place);
            if (found.isEmpty() && !plain) {
                RenamedSchema.refuse(session, place.scope());
                sayWithoutJournal(place);
            }
            out.result(
                    plain || found.isEmpty()
                            ? plainSql(session, place, goal, found)
                            : sql(session, place, goal, found.get()));
            return 0;
        }
    }

    private void sayWithoutJournal(DatabasePlace place) {
        out.say(
                "Database "
                        + place.name()
                        + " has no journal yet: this is the SQL from the beginning, and"
                        + " its last line says what makes the journal");
    }

    private String plainSql(
            PgSession session, DatabasePlace place, Goal goal, Optional<JournalState> state) {
        var plan = plan(goal, state.map(JournalState::heads).orElse(List.of()));
        PlanChecks.steps(session.subject(), plan, scripts);
        return OfflineScript.of(plan, scripts, place.scope(), null);
    }

    private String sql(PgSession session, DatabasePlace place, Goal goal, JournalState state) {
        var chain = new EntryChain(SystemUser.author(), Clock.systemUTC());
        var plan = plan(goal, state.heads());
        PlanChecks.check(session, place.scope(), state, plan, scripts);
        var expected = ExpectedSchema.of(session, place.scope().schema(), state);
        var there = new OfflineScript.ScriptTarget(session.major(), chain, state, expected);
        return OfflineScript.of(plan, scripts, place.scope(), there);
    }

    /** Prints the SQL between two places in the graph; no database is asked. */
    int sql(String range, boolean up) {
        int colon = range.indexOf(':');
        var from = range.substring(0, colon);
        var to = range.substring(colon + 1);
        var start = new Resolver(scripts.graph(), Set.of()).resolve(from.isEmpty() ? "base" : from);
        var goal = up ? new Goal.Upgrade(to.isEmpty() ? "heads" : to) : new Goal.Downgrade(to);
        var plan = plan(goal, List.copyOf(start));
        PlanChecks.steps("Range " + range, plan, scripts);
        out.result(OfflineScript.of(plan, scripts, Scope.DATABASE, null));
        return 0;
    }
}
