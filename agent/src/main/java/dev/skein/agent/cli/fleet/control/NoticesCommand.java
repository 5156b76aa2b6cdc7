// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.agent.cli.common.BaseCommand;
import dev.skein.agent.cli.fleet.answer.AnswerReader;
import dev.skein.agent.cli.fleet.answer.ListedNotice;
import dev.skein.agent.cli.fleet.client.FleetOptions;
import dev.skein.agent.cli.fleet.client.TextTable;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code skein control notices}. */
@Command(
        name = "notices",
        description =
                "List what happened to topics behind their readers' backs, and what to do; exit"
                        + " with 4 where nobody has taken note of something.")
final class NoticesCommand extends BaseCommand {
    static final BothServices SERVICES =
            BothServices.of("/api/control/notices", "/api/audit/notices");

    private static final int SOME_OPEN = 4;

    @Mixin private final FleetOptions fleet = new FleetOptions();

    @Override
    public Integer call() {
        var found = SERVICES.list(fleet, "");
        var isQuiet = found.values().stream().allMatch(JsonNode::isEmpty);
        if (isJson()) {
            out().json(found);
        } else if (isQuiet) {
            out().say("None: every topic is as it was left.");
        } else {
            print(found);
        }
        return isQuiet ? 0 : SOME_OPEN;
    }

    private void print(Map<String, JsonNode> found) {
        var table = new TextTable("NOTICE", "WHEN", "PARTITIONS", "RECORDS", "WHAT", "WHAT TO DO");
        found.forEach((service, list) ->
                AnswerReader.list(list, ListedNotice.class)
                        .forEach(notice -> row(table, service, notice)));
        table.lines(out().width(Integer.MAX_VALUE)).forEach(out()::result);
    }

    private static void row(TextTable table, String service, ListedNotice notice) {
        table.row(
                service + "/" + notice.topic(),
                notice.at(),
                notice.partitions(),
                notice.records() == 0 ? "" : String.valueOf(notice.records()),
                notice.found(),
                notice.remedy());
    }
}
