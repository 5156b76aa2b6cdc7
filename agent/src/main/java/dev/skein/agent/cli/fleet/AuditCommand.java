// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.engine.SkeinException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code skein audit …}. */
@Command(
        name = "audit",
        description =
                "Search the record of everything, take it along, and prove that nobody edited it.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            AuditCommand.Log.class,
            AuditCommand.Show.class,
            AuditExportCommand.class,
            AuditVerifyCommand.class,
            AuditCommand.Trouble.class,
            AuditCommand.Key.class,
            AuditCommand.Head.class,
        })
public final class AuditCommand {
    private AuditCommand() {}

    /** Which entries are meant. */
    static final class Filter {
        @Option(
                names = {"-d", "--database"},
                paramLabel = "NAME|UID",
                description = "Of this database.")
        private @Nullable String database;

        @Option(names = "--rollout", paramLabel = "NAME", description = "Of this rollout.")
        private @Nullable String rollout;

        @Option(names = "--revision", paramLabel = "ID", description = "About this revision.")
        private @Nullable String revision;

        @Option(names = "--actor", paramLabel = "NAME", description = "By this account.")
        private @Nullable String actor;

        @Option(
                names = "--kind",
                paramLabel = "KIND",
                description = "Of this kind, such as applied.")
        private @Nullable String kind;

        @Option(
                names = "--since",
                paramLabel = "TIME",
                description = "From this day or instant on.")
        private @Nullable String since;

        @Option(names = "--until", paramLabel = "TIME", description = "Before this day or instant.")
        private @Nullable String until;

        /** As a request's parameters; a database's name is looked up. */
        String query(FleetCommand command) {
            var parts = new ArrayList<String>();
            add(parts, "database", database == null ? null : uid(command, database));
            add(parts, "rollout", rollout);
            add(parts, "revision", revision);
            add(parts, "actor", actor);
            add(parts, "kind", kind);
            add(parts, "since", since);
            add(parts, "until", until);
            return String.join("&", parts);
        }

        private static void add(List<String> parts, String name, @Nullable String value) {
            if (value != null) {
                parts.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
            }
        }

        private static String uid(FleetCommand command, String name) {
            if (name.matches("[0-9a-f]{32}")) {
                return name; // a uid
            }
            if (!name.matches("[A-Za-z0-9_.-]+")) {
                throw SkeinException.usage("Database '" + name + "'", "this is no name", "");
            }
            try (var client = command.client()) {
                var select = URLEncoder.encode("name = " + name, StandardCharsets.UTF_8);
                var found = client.get("/api/databases?limit=2&select=" + select);
                if (found.size() > 1) {
                    throw SkeinException.usage(
                            "Database '" + name + "'", "there are several", "Name its uid");
                }
                if (found.isEmpty()) {
                    throw SkeinException.usage(
                            "Database '" + name + "'",
                            "the fleet has none of this name",
                            "See: skein targets; one that is gone is known by its uid");
                }
                return found.get(0).path("uid").asText();
            }
        }
    }

    /** Lists. */
    @Command(name = "log", description = "List entries, newest first.")
    static final class Log extends FleetCommand {
        @Mixin private final Filter filter = new Filter();

        @Option(
                names = "--limit",
                paramLabel = "N",
                defaultValue = "30",
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
                var table = new Table("ENTRY", "AT", "WHAT", "WHOSE", "BY", "ABOUT");
                list.forEach(entry -> row(table, entry));
                table.lines().forEach(out()::result);
            }
            return 0;
        }

        private static void row(Table table, JsonNode entry) {
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
                    entry.path("source")
                            .asText()
                            .replaceFirst("^db/([0-9a-f-]{8})[^/]*/.*$", "db/$1"),
                    says.path("actor").asText(),
                    String.join(" ", about));
        }
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
                entry.path("says")
                        .properties()
                        .forEach(part ->
                                out().result(
                                                "  %-12s %s"
                                                        .formatted(
                                                                part.getKey(),
                                                                text(part.getValue()))));
                if (entry.path("body").isTextual()) {
                    out().result("");
                    out().result(entry.path("body").asText());
                }
            }
            return 0;
        }

        private static String text(JsonNode value) {
            return value.isTextual() ? value.asText() : value.toString();
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
                var broken = trouble.path("sources");
                if (isJson()) {
                    out().json(trouble);
                } else {
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
                                                                    out().bad(
                                                                                    a.path("kind")
                                                                                            .asText()),
                                                                    a.path("source").asText(),
                                                                    a.path("seq").asLong(),
                                                                    a.path("detail").asText(),
                                                                    a.path("at").asText())));
                    out().say(broken.size() + " histories are not dense and chained");
                }
                return broken.isEmpty() && trouble.path("anomalies").isEmpty() ? 0 : 4;
            }
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
                }
            }
            return 0;
        }
    }
}
