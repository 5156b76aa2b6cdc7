// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.local;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import dev.skein.engine.execute.Goal;
import dev.skein.engine.execute.Limits;
import dev.skein.engine.execute.Migrator;
import dev.skein.engine.execute.Order;
import dev.skein.engine.execute.Outcome;
import dev.skein.engine.execute.Progress;
import dev.skein.engine.journal.Journal;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.plan.Plan;
import dev.skein.engine.plan.Step;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.script.Scripts;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What commands on one database share. */
abstract class DatabaseCommand extends LocalCommand {
    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The database: postgresql://user@host:port/name.")
    private @Nullable String url;

    @Option(
            names = {"-d", "--database"},
            paramLabel = "NAME",
            description = "A database of the project's file, by name.")
    private @Nullable String name;

    DatabaseAddress address() {
        return address(url, name);
    }

    /** Where the database stands; nothing without a journal. */
    Optional<JournalState> read(PgClient client) {
        try (var session = client.open(address(), "skein", Map.of())) {
            var journal = new Journal(session, "");
            return journal.exists() ? journal.read() : Optional.empty();
        }
    }

    /** Runs to a goal; what is not done is thrown. */
    int run(Goal goal, String verb) {
        var scripts = scripts();
        var order = new Order(address(), "", scripts, goal, author(), Limits.DEFAULT);
        var stop = new AtomicBoolean();
        var hook = stopOnSignal(stop);
        try (var client = PgClient.create()) {
            var outcome =
                    new Migrator(client, Clock.systemUTC())
                            .run(order, stop::get, new Talk(scripts, verb));
            return report(outcome);
        } finally {
            forget(hook);
        }
    }

    /** Ctrl-C: ends at the next step boundary; the step that runs is finished or rolled back. */
    private Thread stopOnSignal(AtomicBoolean stop) {
        var worker = Thread.currentThread();
        var hook =
                new Thread(() -> {
                    stop.set(true);
                    out().say(
                                    "Stopping: what runs is cancelled; what is not committed is"
                                            + " rolled back.");
                    worker.interrupt();
                    join(worker);
                });
        Runtime.getRuntime().addShutdownHook(hook);
        return hook;
    }

    private static void join(Thread worker) {
        try {
            worker.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending: the hook runs now and must stay.
            System.getLogger("skein").log(System.Logger.Level.DEBUG, "ending");
        }
    }

    /** The result in JSON. */
    record Result(List<String> applied, List<String> heads, @Nullable String fingerprint) {}

    private int report(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done done -> done(done);
            case Outcome.Failed failed -> throw failed.error();
            case Outcome.Refused refused -> throw refused.reason();
            case Outcome.Lost lost -> throw lost.reason();
            case Outcome.Occupied occupied -> throw occupied.reason();
            case Outcome.Held held ->
                    throw new SkeinException(
                            ErrorCode.INTERRUPTED,
                            "The run",
                            "it was stopped at " + names(held.heads()),
                            "Run it again to go on");
            case Outcome.Superseded s ->
                    throw SkeinException.failed("The run", "superseded by " + s.accepted(), "");
            case Outcome.Answered a -> throw new IllegalStateException("only for directives");
        };
    }

    private int done(Outcome.Done done) {
        var print = done.fingerprint() == null ? null : done.fingerprint().toString();
        if (isJson()) {
            out().json(new Result(done.path(), done.heads(), print));
        } else if (done.path().isEmpty() && print == null) {
            out().say("Already there: " + names(done.heads()));
        } else {
            out().say(out().good("Done") + ": at " + names(done.heads()));
        }
        return 0;
    }

    static String names(List<String> heads) {
        return heads.isEmpty() ? "base" : String.join(", ", heads);
    }

    /** Tells the person what happens. */
    private final class Talk implements Progress {
        private final Scripts scripts;
        private final String verb;
        private int total;
        private int number;

        Talk(Scripts scripts, String verb) {
            this.scripts = scripts;
            this.verb = verb;
        }

        @Override
        public void planned(Plan plan) {
            total = plan.steps().size();
        }

        @Override
        public void waitingForLock(String holder) {
            out().say("Waiting: another run holds the database: " + holder);
        }

        @Override
        public void done(Step step, Duration took) {
            number++;
            var message = scripts.get(step.revision()).revision().message();
            out().say(
                            "[%d/%d] %s %s %s %s"
                                    .formatted(
                                            number,
                                            total,
                                            verb,
                                            step.revision(),
                                            message,
                                            out().dim(took.toMillis() + " ms")));
        }

        @Override
        public void retrying(Step step, String reason, Duration pause) {
            out().say(
                            "Retry of %s in %d ms: %s"
                                    .formatted(step.revision(), pause.toMillis(), reason));
        }
    }
}
