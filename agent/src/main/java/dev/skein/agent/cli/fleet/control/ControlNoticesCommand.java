// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.agent.cli.fleet.client.FleetCommand;
import dev.skein.agent.cli.fleet.client.TextTable;
import dev.skein.engine.SkeinException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code skein control notices} and {@code skein control acknowledge}. */
final class ControlNoticesCommand {
    private static final Map<String, String> PATHS =
            Map.of("api", "/api/control/notices", "audit", "/api/audit/notices");

    private ControlNoticesCommand() {}

    private static String path(String service) {
        return PATHS.getOrDefault(service, "");
    }

    /** Lists. */
    @Command(
            name = "notices",
            description =
                    "List what happened to topics behind their readers' backs, and what to do; exit"
                            + " with 4 where nobody has taken note of something.")
    static final class Notices extends FleetCommand {
        @Override
        public Integer call() {
            try (var api = client();
                    var audit = auditClient()) {
                var found = new TreeMap<String, JsonNode>();
                found.put("api", api.get(path("api")));
                found.put("audit", audit.get(path("audit")));
                var isQuiet = found.values().stream().allMatch(JsonNode::isEmpty);
                if (isJson()) {
                    out().json(found);
                } else if (isQuiet) {
                    out().say("None: every topic is as it was left.");
                } else {
                    show(found);
                }
                return isQuiet ? 0 : 4;
            }
        }

        private void show(Map<String, JsonNode> found) {
            var table =
                    new TextTable("NOTICE", "WHEN", "PARTITIONS", "RECORDS", "WHAT", "WHAT TO DO");
            for (var service : found.entrySet()) {
                for (var notice : service.getValue()) {
                    var records = notice.path("records").asLong();
                    table.row(
                            service.getKey() + "/" + notice.path("topic").asText(),
                            notice.path("at").asText(),
                            notice.path("partitions").asLong(),
                            records == 0 ? "" : String.valueOf(records),
                            notice.path("found").asText(),
                            notice.path("remedy").asText());
                }
            }
            table.lines(out().width(Integer.MAX_VALUE)).forEach(out()::result);
        }
    }

    /** Takes note. */
    @Command(
            name = "acknowledge",
            description = "Take note of what happened to topics; nobody is reminded of it then.")
    static final class Acknowledge extends FleetCommand {
        private static final Pattern NOTICE = Pattern.compile("(api|audit)/([a-z0-9._-]{1,249})");

        @Parameters(
                paramLabel = "NOTICE",
                arity = "1..*",
                description = "As 'skein control notices' lists them: audit/skein.journal.")
        private List<String> notices;

        @Override
        public Integer call() {
            for (var notice : notices) {
                if (!NOTICE.matcher(notice).matches()) {
                    throw SkeinException.usage(
                            "Notice '" + notice + "'",
                            "it is not called so",
                            "See: skein control notices");
                }
            }
            try (var api = client();
                    var audit = auditClient()) {
                for (var notice : notices) {
                    var known = NOTICE.matcher(notice);
                    known.matches();
                    var service = known.group(1);
                    (service.equals("api") ? api : audit)
                            .post(path(service) + "/acknowledge", Map.of("topic", known.group(2)));
                }
            }
            return 0;
        }
    }
}
