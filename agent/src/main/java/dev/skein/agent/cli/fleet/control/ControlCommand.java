// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.agent.cli.common.CliWords;
import dev.skein.agent.cli.common.GroupCommand;
import dev.skein.agent.cli.fleet.client.FleetCommand;
import dev.skein.agent.cli.fleet.client.TextTable;
import dev.skein.engine.SkeinException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code skein control …}. */
@Command(
        name = "control",
        description =
                "See how control plane and audit service do and what they could not take, and"
                        + " decide.",
        subcommands = {
            ControlStatusCommand.class,
            ControlReconcileCommand.class,
            ControlNoticesCommand.Notices.class,
            ControlNoticesCommand.Acknowledge.class,
            ControlCommand.DeadLetters.class,
            ControlCommand.Replay.class,
            ControlCommand.Drop.class,
        })
public final class ControlCommand extends GroupCommand {
    private static final String API = "api";
    private static final String AUDIT = "audit";

    private ControlCommand() {}

    private static String path(String service) {
        return service.equals(API) ? "/api/dead-letters" : "/api/audit/dead-letters";
    }

    /** Lists. */
    @Command(
            name = "dead-letters",
            description =
                    "List records that could not be taken, newest first; exit with 4 where some"
                            + " wait.")
    static final class DeadLetters extends FleetCommand {
        @Option(names = "--all", description = "Also those that were replayed or dropped.")
        private boolean all;

        @Override
        public Integer call() {
            try (var api = client();
                    var audit = auditClient()) {
                var query = "?all=" + all;
                var found = new TreeMap<String, JsonNode>();
                found.put(API, api.get(path(API) + query));
                found.put(AUDIT, audit.get(path(AUDIT) + query));
                if (isJson()) {
                    out().json(found);
                } else {
                    show(found);
                }
                return found.values().stream()
                                .flatMap(list -> list.valueStream())
                                .anyMatch(d -> d.path("state").asText().equals("waiting"))
                        ? 4
                        : 0;
            }
        }

        private void show(Map<String, JsonNode> found) {
            var table =
                    new TextTable("LETTER", "RECORD", "KEY", "TIMES", "LAST", "STATE", "REASON");
            int letters = 0;
            for (var service : found.entrySet()) {
                for (var d : service.getValue()) {
                    letters++;
                    table.row(
                            service.getKey() + "-" + d.path("id").asLong(),
                            "%s-%d@%d"
                                    .formatted(
                                            d.path("topic").asText(),
                                            d.path("partition").asInt(),
                                            d.path("offset").asLong()),
                            d.path("key").asText(),
                            d.path("times").asLong(),
                            d.path("lastAt").asText(),
                            d.path("state").asText(),
                            d.path("reason").asText());
                }
            }
            if (letters == 0) {
                out().say("None: every record was taken.");
                return;
            }
            table.lines(out().width(Integer.MAX_VALUE)).forEach(out()::result);
        }
    }

    /** A decision on some. */
    abstract static class Decision extends FleetCommand {
        private static final Pattern LETTER = Pattern.compile("(api|audit)-([0-9]{1,18})");

        @Parameters(
                paramLabel = "LETTER",
                arity = "1..*",
                description = "As 'skein control dead-letters' lists them: api-7, audit-12.")
        private List<String> letters;

        int decide(String verb, String done) {
            for (var letter : letters) {
                if (!LETTER.matcher(letter).matches()) {
                    throw SkeinException.usage(
                            "Dead letter '" + letter + "'",
                            "it is not called so",
                            "See: skein control dead-letters");
                }
            }
            try (var api = client();
                    var audit = auditClient()) {
                for (var letter : letters) {
                    var known = LETTER.matcher(letter);
                    known.matches();
                    var service = known.group(1);
                    (service.equals(API) ? api : audit)
                            .post(path(service) + "/" + known.group(2) + "/" + verb, List.of());
                }
            }
            out().say(done + " " + CliWords.counted(letters.size(), "record"));
            return 0;
        }
    }

    /** Takes some up. */
    @Command(
            name = "replay",
            description = "Take records up once more, after what was wrong with them is mended.")
    static final class Replay extends Decision {
        @Override
        public Integer call() {
            return decide("replay", "Took");
        }
    }

    /** Gives some up. */
    @Command(
            name = "drop",
            description = "Give records up; they are kept, and nobody is reminded of them.")
    static final class Drop extends Decision {
        @Override
        public Integer call() {
            return decide("drop", "Dropped");
        }
    }
}
