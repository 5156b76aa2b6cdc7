// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.audit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.agent.cli.common.GroupCommand;
import dev.skein.agent.cli.common.PositiveCount;
import dev.skein.agent.cli.fleet.client.FleetCommand;
import dev.skein.agent.cli.fleet.client.TextTable;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code skein audit …}. */
@Command(
        name = "audit",
        description =
                "Search the record of everything, take it along, and prove that nobody edited it.",
        subcommands = {
            AuditCommand.Log.class,
            AuditCommand.Show.class,
            AuditExportCommand.class,
            AuditProofCommand.class,
            AuditVerifyCommand.class,
            AuditCommand.Trouble.class,
            AuditResolveCommand.class,
            AuditContinueCommand.class,
            AuditCommand.Key.class,
            AuditCommand.Head.class,
        })
public final class AuditCommand extends GroupCommand {
    private AuditCommand() {}

    /** Lists. */
    @Command(
            name = "log",
            description = "List entries, newest first.",
            footer = {
                "",
                "  skein audit log --database eu/tenant_07 --since 2026-11-01",
                "  skein audit log --rollout billing-2026-11 --kind failed"
            })
    static final class Log extends FleetCommand {
        @Mixin private final AuditFilter filter = new AuditFilter();

        @Option(
                names = "--limit",
                paramLabel = "N",
                defaultValue = "30",
                converter = PositiveCount.class,
                description = "At most so many (default: ${DEFAULT-VALUE}, most 1000).")
        private int limit;

        @Override
        public Integer call() {
            var query = filter.query(this);
            try (var client = auditClient()) {
                var list = client.get("/api/audit/entries?limit=" + limit + "&" + query);
                if (isJson()) {
                    out().json(list);
                    return 0;
                }
                var table = new TextTable("ENTRY", "AT", "WHAT", "WHOSE", "BY", "ABOUT");
                list.forEach(entry -> row(table, entry));
                table.lines(out().width(Integer.MAX_VALUE)).forEach(out()::result);
            }
            return 0;
        }

        private static void row(TextTable table, JsonNode entry) {
            var says = entry.path("says");
            var about = new ArrayList<String>();
            for (var name : List.of("revision", "rollout", "outcome", "signature")) {
                if (says.has(name)) {
                    about.add(says.path(name).asText());
                }
            }
            table.row(
                    entry.path("index").asLong(),
                    says.path("at").asText(),
                    says.path("kind").asText(says.path("type").asText()),
                    whose(entry),
                    says.path("actor").asText(),
                    String.join(" ", about));
        }
    }

    /** A database as options take it: by its name, or by its uid where nobody knows that. */
    public static String whose(JsonNode entry) {
        return entry.path("database").isTextual()
                ? entry.path("database").asText()
                : entry.path("source").asText().replaceFirst("^db/([^/]*)/.*$", "$1");
    }

    /** Shows. */
    @Command(name = "show", description = "Show an entry with what it ran or said.")
    static final class Show extends FleetCommand {
        @Parameters(paramLabel = "ENTRY", description = "Its number.")
        private long index;

        @Override
        public Integer call() {
            try (var client = auditClient()) {
                var entry = client.get("/api/audit/entries/" + index);
                if (isJson()) {
                    out().json(entry);
                    return 0;
                }
                out().result(entry.path("source").asText() + " " + entry.path("seq").asLong());
                EntryText.lines(entry.path("says")).forEach(out()::result);
                if (entry.path("body").isTextual()) {
                    out().result("");
                    out().result(entry.path("body").asText());
                }
            }
            return 0;
        }
    }

    /** Tells what is broken. */
    @Command(
            name = "trouble",
            description = "List histories with gaps or forks; exit with 4 where there are some.")
    static final class Trouble extends FleetCommand {
        @Override
        public Integer call() {
            try (var client = auditClient()) {
                var trouble = client.get("/api/audit/trouble");
                if (isJson()) {
                    out().json(trouble);
                } else {
                    tell(trouble);
                }
                return isFine(trouble) ? 0 : 4;
            }
        }

        private static boolean isFine(JsonNode trouble) {
            return trouble.path("sources").isEmpty()
                    && trouble.path("anomalies").isEmpty()
                    && !trouble.path("refused").isTextual();
        }

        private void tell(JsonNode trouble) {
            if (trouble.path("refused").isTextual()) {
                out().result(out().bad("refused") + "  " + trouble.path("refused").asText());
            }
            var broken = trouble.path("sources");
            broken.forEach(s ->
                    out().result(
                                    "%s  %s at %d, %d entries wait behind it"
                                            .formatted(
                                                    out().bad(s.path("state").asText()),
                                                    s.path("source").asText(),
                                                    s.path("next").asLong(),
                                                    s.path("waiting").asLong())));
            trouble.path("anomalies")
                    .forEach(a ->
                            out().result(
                                            "%s  %s %d: %s (%s)"
                                                    .formatted(
                                                            out().bad(a.path("kind").asText()),
                                                            a.path("source").asText(),
                                                            a.path("seq").asLong(),
                                                            a.path("detail").asText(),
                                                            a.path("at").asText())));
            out().say(
                            broken.size()
                                    + (broken.size() == 1 ? " history is" : " histories are")
                                    + " not dense and chained");
        }
    }

    /** Prints the key. */
    @Command(
            name = "key",
            description =
                    "Print the key that verifies the log's signatures; keep it where you trust it.")
    static final class Key extends FleetCommand {
        @Override
        public Integer call() {
            try (var client = auditClient()) {
                var key = client.get("/api/audit/head").path("key").asText();
                if (isJson()) {
                    out().json(key);
                } else {
                    out().result(key);
                }
            }
            return 0;
        }
    }

    /** Prints the checkpoint. */
    @Command(
            name = "checkpoint",
            description =
                    "Print the signed checkpoint of now; a later log must have grown from it.")
    static final class Head extends FleetCommand {
        @Override
        public Integer call() {
            try (var client = auditClient()) {
                var head = client.get("/api/audit/head");
                if (isJson()) {
                    out().json(head);
                } else {
                    out().result(head.path("checkpoint").asText().stripTrailing());
                    if (head.path("refused").isTextual()) {
                        out().say("It is not of now: " + head.path("refused").asText());
                    }
                }
            }
            return 0;
        }
    }
}
