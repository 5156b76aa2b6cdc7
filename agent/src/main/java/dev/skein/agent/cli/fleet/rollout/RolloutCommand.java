// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.rollout;

import dev.skein.agent.cli.common.GroupCommand;
import dev.skein.agent.cli.common.ReasonGiven;
import dev.skein.agent.cli.fleet.client.FleetCommand;
import dev.skein.agent.cli.fleet.client.FleetName;
import dev.skein.agent.cli.fleet.client.TextTable;
import dev.skein.agent.cli.project.YamlNode;
import dev.skein.engine.FileTrouble;
import dev.skein.engine.SkeinException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code skein rollout …}. */
@Command(
        name = "rollout",
        description = "Propose, look at, approve and steer rollouts.",
        subcommands = {
            RolloutCommand.Create.class,
            RolloutCommand.ListAll.class,
            RolloutPlanCommand.class,
            RolloutCommand.Show.class,
            RolloutWatchCommand.class,
            RolloutCommand.Approve.class,
            RolloutCommand.Pause.class,
            RolloutCommand.Resume.class,
            RolloutCommand.Abort.class,
            RolloutCommand.Skip.class,
            RollbackCommand.class,
        })
public final class RolloutCommand extends GroupCommand {
    private static final String ROLLOUTS = "/api/rollouts";

    private RolloutCommand() {}

    static String path(String id, String tail) {
        return ROLLOUTS + "/" + URLEncoder.encode(id, StandardCharsets.UTF_8) + tail;
    }

    /** A command on one rollout. */
    abstract static class OnOne extends FleetCommand {
        @Parameters(index = "0", paramLabel = "ROLLOUT", description = "Its name.")
        private String id;

        String id() {
            return id;
        }
    }

    /** Proposes. */
    @Command(
            name = "create",
            description = "Propose a rollout from a YAML file; shows its plan.",
            footer = {
                "",
                "  skein rollout create rollout.yaml --bundle $(skein push)",
                "  ",
                "  A rollout.yaml:",
                "  ",
                "    rollout: billing-2026-11",
                "    bundle: sha256:...   what skein push printed, unless --bundle says it",
                "    to: heads",
                "    select: tier in (free, pro)",
                "    waves:",
                "      - { name: canary, take: 1 per site, soak: 10m }",
                "      - { name: rest, take: all, budget: 1%%, parallel: 50 }"
            })
    static final class Create extends FleetCommand {
        @Parameters(paramLabel = "FILE", description = "What is asked for.")
        private Path file;

        @Option(
                names = "--bundle",
                paramLabel = "DIGEST",
                description = "The revisions (default: as the file says).")
        private @Nullable String bundle;

        @Override
        public Integer call() {
            var spec = YamlNode.read(file, text()).plain();
            if (bundle != null) {
                spec.put("bundle", bundle);
            }
            var digest = String.valueOf(spec.getOrDefault("bundle", ""));
            if (!digest.matches("sha256:[0-9a-f]{64}")) {
                throw SkeinException.usage(
                        file.toString(),
                        digest.isEmpty()
                                ? "it names no bundle of revisions"
                                : "the bundle '" + digest + "' is no whole digest",
                        "Send the revisions, and take what is printed: --bundle $(skein push)");
            }
            try (var client = client()) {
                var id = client.post(ROLLOUTS, spec).path("id").asText();
                RolloutPlanCommand.show(this, client, id);
                var hash = client.get(path(id, "/plan")).path("hash").asText();
                out().say(
                                "Next: somebody else looks at it and agrees: "
                                        + hint(
                                                "rollout",
                                                "approve",
                                                id,
                                                "--plan",
                                                shortHash(hash)));
            }
            return 0;
        }

        private String text() {
            try {
                return Files.readString(file);
            } catch (IOException e) {
                throw SkeinException.usage(
                        file.toString(),
                        "it cannot be read (" + FileTrouble.inWords(e) + ")",
                        "Check its name and permissions");
            }
        }
    }

    /** Lists. */
    @Command(name = "list", description = "List the rollouts, newest first.")
    static final class ListAll extends FleetCommand {
        @Override
        public Integer call() {
            try (var client = client()) {
                var list = client.get(ROLLOUTS);
                if (isJson()) {
                    out().json(list);
                    return 0;
                }
                var table = new TextTable("ROLLOUT", "STATUS", "AUTHOR", "APPROVED BY", "CREATED");
                for (var r : list) {
                    table.row(
                            r.path("id").asText(),
                            r.path("status").asText(),
                            r.path("author").asText(),
                            r.path("approvedBy").asText("-"),
                            r.path("created").asText());
                }
                table.lines(out().width(Integer.MAX_VALUE)).forEach(out()::result);
            }
            return 0;
        }
    }

    /** Shows. */
    @Command(name = "show", description = "Show waves, counts and failures.")
    static final class Show extends OnOne {
        @Override
        public Integer call() {
            try (var client = client()) {
                var rollout = client.get(path(id(), ""));
                if (isJson()) {
                    out().json(rollout);
                } else {
                    new RolloutText(out()).lines(rollout).forEach(out()::result);
                }
            }
            return 0;
        }
    }

    /** Approves. */
    @Command(name = "approve", description = "Agree to a plan that somebody else proposed.")
    static final class Approve extends OnOne {
        @Option(
                names = "--plan",
                paramLabel = "HASH",
                description = "The plan you looked at (default: the present one).")
        private @Nullable String plan;

        @Override
        public Integer call() {
            try (var client = client()) {
                var shown = client.get(path(id(), "/plan")).path("hash").asText();
                var hash = plan != null && shown.startsWith(plan) ? shown : plan;
                client.post(
                        path(id(), "/approve"), Map.of("planHash", hash == null ? shown : hash));
                out().say("Approved " + id() + ", plan " + shortHash(shown));
            }
            return 0;
        }
    }

    /** A command that needs a reason. */
    abstract static class WithReason extends OnOne {
        @Option(
                names = {"-r", "--reason"},
                paramLabel = "TEXT",
                converter = ReasonGiven.class,
                required = true,
                description = "Why; it is recorded.")
        private String reason;

        int ask(String verb, String done) {
            return ask(verb, done, Map.of());
        }

        int ask(String verb, String done, Map<String, Object> more) {
            var body = new HashMap<String, Object>(more);
            body.put("reason", reason);
            try (var client = client()) {
                client.post(path(id(), "/" + verb), body);
                out().say(done + " " + id());
            }
            return 0;
        }
    }

    /** Stops for now. */
    @Command(name = "pause", description = "Stop for now, at the next step of each database.")
    static final class Pause extends WithReason {
        @Override
        public Integer call() {
            return ask("pause", "Paused");
        }
    }

    /** Goes on. */
    @Command(
            name = "resume",
            description =
                    "Go on; after a halt the databases of the wave that failed or were set aside"
                            + " are tried again.")
    static final class Resume extends WithReason {
        @Option(
                names = "--set-aside",
                negatable = true,
                description =
                        "Whether databases of the wave that were set aside are tried again"
                                + " (default: after a halt).")
        private @Nullable Boolean aside;

        @Override
        public Integer call() {
            return ask("resume", "Resumed", aside == null ? Map.of() : Map.of("setAside", aside));
        }
    }

    /** Gives databases up. */
    @Command(
            name = "skip",
            description =
                    "Go on without databases that have failed, are gone or give no answer; a run"
                            + " that is under way is not stopped.")
    static final class Skip extends WithReason {
        @Parameters(
                index = "1..*",
                arity = "1..*",
                paramLabel = FleetName.LABEL,
                description = "As it is printed; a name alone where one database has it.")
        private List<String> databases;

        @Override
        public Integer call() {
            var named = List.copyOf(new LinkedHashSet<>(databases));
            return ask(
                    "skip",
                    "Skipped " + named.size() + " of its databases in",
                    Map.of("databases", named));
        }
    }

    /** Stops for good. */
    @Command(name = "abort", description = "Stop for good, at the next step of each database.")
    static final class Abort extends WithReason {
        @Override
        public Integer call() {
            return ask("abort", "Aborted");
        }
    }
}
