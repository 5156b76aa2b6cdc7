// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.run;

import dev.skein.agent.cli.common.Durations;
import dev.skein.agent.cli.common.PositiveCount;
import dev.skein.agent.cli.common.ReasonGiven;
import dev.skein.agent.cli.place.DatabaseOptions;
import dev.skein.agent.cli.place.DatabasePlace;
import dev.skein.agent.cli.place.SystemUser;
import dev.skein.engine.SkeinException;
import dev.skein.engine.execute.order.AcceptedDrift;
import dev.skein.engine.execute.order.Goal;
import dev.skein.engine.execute.order.Limits;
import dev.skein.engine.execute.order.MigrationOrder;
import dev.skein.engine.script.Scripts;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which databases a command brings to a goal, and how. */
final class RunOptions {
    @Mixin private final DatabaseOptions databases = new DatabaseOptions();

    @Option(
            names = "--parallel",
            paramLabel = "N",
            defaultValue = "4",
            converter = PositiveCount.class,
            description = "How many databases at a time (default: 4).")
    private int parallel;

    @Option(
            names = "--keep-going",
            description = "After a failure, go on with the databases that are left.")
    private boolean keepGoing;

    @Option(
            names = "--lock-timeout",
            paramLabel = "MS|TIME",
            defaultValue = "3000",
            converter = Durations.Millis.class,
            description = "How long to wait for each lock before trying later (default: 3s).")
    private Duration lockTimeout;

    @Option(
            names = "--statement-timeout",
            paramLabel = "MS|TIME",
            defaultValue = "0",
            converter = Durations.Millis.class,
            description = "How long a statement may take, such as 5m; 0 for any (default).")
    private Duration statementTimeout;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS|TIME",
            defaultValue = "60",
            converter = Durations.Seconds.class,
            description = "How long to wait for another run on the same database (default: 1m).")
    private Duration wait;

    @Option(
            names = "--max-queue",
            paramLabel = "N",
            defaultValue = "10",
            converter = PositiveCount.class,
            description = "How many sessions may queue behind our locks before we yield.")
    private int maxQueue;

    @Option(
            names = "--accept-drift",
            paramLabel = "WHY",
            converter = ReasonGiven.class,
            description =
                    "Let what somebody else changed be how the schema must be; the reason is kept.")
    private @Nullable String acceptDrift;

    DatabaseOptions databases() {
        return databases;
    }

    /** How many databases at a time. */
    int parallel() {
        return parallel;
    }

    /** Whether a failure keeps no other database from its run. */
    boolean isKeptGoing() {
        return keepGoing;
    }

    /** Says that a script cannot carry somebody's word. */
    void refuseAcceptance() {
        if (acceptDrift != null) {
            throw SkeinException.usage(
                    "--accept-drift",
                    "it is for a run, and a script is none",
                    "Say it first, of what stands there (skein stamp HEADS --accept-drift \"why\"),"
                            + " then write the script");
        }
    }

    /** What is to be done on one of them. */
    MigrationOrder order(DatabasePlace place, Scripts scripts, Goal goal) {
        var author = SystemUser.author();
        return new MigrationOrder(place.address(), place.scope(), scripts, goal, author, limits())
                .withDrift(AcceptedDrift.of(acceptDrift));
    }

    private Limits limits() {
        return Limits.DEFAULT
                .withTimeouts(lockTimeout, statementTimeout)
                .withLockWait(wait)
                .withQueue(Limits.DEFAULT.lockBudget(), maxQueue);
    }
}
