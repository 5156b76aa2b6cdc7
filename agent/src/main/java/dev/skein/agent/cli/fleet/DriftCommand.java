// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.skein.agent.cli.common.CliWords;
import dev.skein.agent.cli.common.GroupCommand;
import dev.skein.agent.cli.common.PositiveCount;
import dev.skein.agent.cli.common.ReasonGiven;
import dev.skein.agent.cli.fleet.client.ApiClient;
import dev.skein.agent.cli.fleet.client.FleetCommand;
import dev.skein.agent.cli.fleet.client.FleetName;
import dev.skein.agent.cli.fleet.client.TextTable;
import dev.skein.engine.SkeinException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code skein drift …}. */
@Command(
        name = "drift",
        description =
                "Find databases that are not as their journals left them, and decide on them.",
        subcommands = {
            DriftCommand.ListAll.class,
            DriftCommand.Show.class,
            DriftCommand.Fix.class,
            DriftCommand.Adopt.class,
            DriftCommand.Ignore.class,
        })
public final class DriftCommand extends GroupCommand {
    private static final int NAMED = 6;

    private DriftCommand() {}

    private static JsonNode cohorts(ApiClient audit, boolean all, @Nullable String cohort) {
        var only =
                cohort == null
                        ? ""
                        : "&cohort=" + URLEncoder.encode(cohort, StandardCharsets.UTF_8);
        return audit.get("/api/audit/drift?all=" + all + only);
    }

    private static List<String> names(JsonNode cohort) {
        var names = new ArrayList<String>();
        for (var d : cohort.path("databases")) {
            names.add(d.path("site").asText() + "/" + d.path("name").asText());
        }
        return names;
    }

    /** Lists. */
    @Command(name = "list", description = "List what was found, those that differ alike together.")
    static final class ListAll extends FleetCommand {
        @Option(names = "--all", description = "Also what is over.")
        private boolean all;

        @Override
        public Integer call() {
            try (var audit = auditClient()) {
                var list = cohorts(audit, all, null);
                if (isJson()) {
                    out().json(list);
                    return 0;
                }
                if (list.isEmpty()) {
                    out().say("Nothing: every database that was seen is as its journal left it.");
                    return 0;
                }
                var table =
                        new TextTable(
                                "COHORT", "DATABASES", "STATE", "FIRST SEEN", "LAST SEEN", "WHAT");
                list.forEach(cohort -> row(table, cohort));
                table.lines(out().width(Integer.MAX_VALUE)).forEach(out()::result);
            }
            return 0;
        }

        private static void row(TextTable table, JsonNode cohort) {
            var first = "";
            var last = "";
            var states = new TreeSet<String>();
            for (var d : cohort.path("databases")) {
                var seen = d.path("firstSeen").asText();
                first = first.isEmpty() || seen.compareTo(first) < 0 ? seen : first;
                last =
                        d.path("lastSeen").asText().compareTo(last) > 0
                                ? d.path("lastSeen").asText()
                                : last;
                states.add(d.path("state").asText());
            }
            var changes = cohort.at("/differences/changes");
            var what = changes.isEmpty() ? "?" : inWords(changes.path(0));
            table.row(
                    cohort.path("cohort").asText(),
                    cohort.path("databases").size(),
                    String.join(", ", states),
                    first,
                    last,
                    what + (changes.size() > 1 ? ", and " + (changes.size() - 1) + " more" : ""));
        }
    }

    private static String inWords(JsonNode change) {
        return change.path("kind").asText()
                + " "
                + change.path("name").asText()
                + " was "
                + change.path("change").asText();
    }

    /** A command on one cohort. */
    abstract static class OnOne extends FleetCommand {
        @Parameters(
                paramLabel = "COHORT",
                description = "Its name, or the beginning of it; or a database in it: SITE/NAME.")
        private String cohort;

        JsonNode found(ApiClient audit, boolean all) {
            var list = cohort.contains("/") ? with(audit, all) : cohorts(audit, all, cohort);
            if (list.size() != 1) {
                throw SkeinException.usage(
                        "Cohort '" + cohort + "'",
                        list.isEmpty() ? "there is none" : "there are " + list.size(),
                        "See: skein drift list");
            }
            return list.path(0);
        }

        /** The cohorts that a database is in. */
        private JsonNode with(ApiClient audit, boolean all) {
            var name = FleetName.parse(cohort);
            var found = JsonNodeFactory.instance.arrayNode();
            for (var one : cohorts(audit, all, null)) {
                for (var database : one.path("databases")) {
                    if (name.isMeant(database)) {
                        found.add(one);
                    }
                }
            }
            return found;
        }
    }

    /** Shows. */
    @Command(name = "show", description = "Show what differs, where, and since when.")
    static final class Show extends OnOne {
        @Override
        public Integer call() {
            try (var audit = auditClient()) {
                var cohort = found(audit, true);
                if (isJson()) {
                    out().json(cohort);
                    return 0;
                }
                for (var change : cohort.at("/differences/changes")) {
                    out().result(inWords(change));
                    change.path("attributes").properties().forEach(this::attribute);
                }
                if (!cohort.at("/differences/known").asBoolean()) {
                    out().result("What differs is not known: a catalog has not come yet.");
                }
                cohort.path("databases").forEach(this::database);
            }
            return 0;
        }

        private void attribute(Map.Entry<String, JsonNode> attribute) {
            out().result(
                            "    %s: %s → %s"
                                    .formatted(
                                            attribute.getKey(),
                                            attribute.getValue().path(0).asText(),
                                            attribute.getValue().path(1).asText()));
        }

        private void database(JsonNode d) {
            var since = d.path("fineAt").asText("ever");
            out().result(
                            "%s/%s  %s, between %s and %s%s"
                                    .formatted(
                                            d.path("site").asText(),
                                            d.path("name").asText(),
                                            d.path("state").asText(),
                                            since.equals("null") ? "ever" : since,
                                            d.path("firstSeen").asText(),
                                            d.path("reason").isTextual()
                                                    ? " ("
                                                            + d.path("endedBy").asText()
                                                            + ": "
                                                            + d.path("reason").asText()
                                                            + ")"
                                                    : ""));
        }
    }

    /** Prints what leads back. */
    @Command(
            name = "fix",
            description =
                    "Print the SQL that leads back to what is expected; run it, or make it a"
                            + " revision.")
    static final class Fix extends OnOne {
        @Override
        public Integer call() {
            try (var audit = auditClient()) {
                var cohort = found(audit, false);
                if (!cohort.at("/differences/known").asBoolean()) {
                    throw SkeinException.failed(
                            "Drift", "what differs is not known yet", "Wait for the next scan");
                }
                if (isJson()) {
                    out().json(cohort.at("/differences/fix"));
                    return 0;
                }
                cohort.at("/differences/fix").forEach(sql -> out().result(sql.asText() + ";"));
                out().say(out().dim("for " + String.join(" ", some(names(cohort)))));
            }
            return 0;
        }

        private static List<String> some(List<String> names) {
            return names.subList(0, Math.min(NAMED, names.size()));
        }
    }

    /** A decision. */
    abstract static class Decision extends OnOne {
        @Option(
                names = {"-r", "--reason"},
                paramLabel = "TEXT",
                converter = ReasonGiven.class,
                required = true,
                description = "Why; it is recorded.")
        private String reason;

        int decide(String verb, @Nullable Instant until) {
            try (var audit = auditClient();
                    var api = client()) {
                var cohort = found(audit, false);
                var databases = new ArrayList<Map<String, String>>();
                for (var d : cohort.path("databases")) {
                    databases.add(
                            Map.of(
                                    "uid",
                                    d.path("uid").asText(),
                                    "observed",
                                    d.path("observed").asText()));
                }
                var body = new LinkedHashMap<String, Object>();
                body.put("databases", databases);
                body.put("reason", reason);
                if (until != null) {
                    body.put("until", until.toString());
                }
                api.post("/api/drift/" + verb, body);
                out().say("Decided on " + CliWords.counted(databases.size(), "database"));
            }
            return 0;
        }
    }

    /** Accepts. */
    @Command(name = "adopt", description = "From now on, this is how these databases must be.")
    static final class Adopt extends Decision {
        @Override
        public Integer call() {
            return decide("adopt", null);
        }
    }

    /** Puts off. */
    @Command(name = "ignore", description = "Do not find it again for some time.")
    static final class Ignore extends Decision {
        @Option(
                names = "--days",
                paramLabel = "N",
                required = true,
                converter = PositiveCount.class,
                description = "For so many days.")
        private int days;

        @Override
        public Integer call() {
            return decide("ignore", Instant.now().plus(Duration.ofDays(days)));
        }
    }
}
