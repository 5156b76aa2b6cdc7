// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.agent.cli.common.BaseCommand;
import dev.skein.agent.cli.fleet.answer.AnswerReader;
import dev.skein.agent.cli.fleet.answer.ListedLetter;
import dev.skein.agent.cli.fleet.client.FleetOptions;
import dev.skein.agent.cli.fleet.client.TextTable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code skein control dead-letters}. */
@Command(
        name = "dead-letters",
        description =
                "List records that could not be taken, newest first; exit with 4 where some"
                        + " wait.")
final class DeadLettersCommand extends BaseCommand {
    private static final int SOME_WAIT = 4;

    @Mixin private final FleetOptions fleet = new FleetOptions();

    @Option(names = "--all", description = "Also those that were replayed or dropped.")
    private boolean all;

    @Override
    public Integer call() {
        var answers = ChosenLetters.SERVICES.list(fleet, "?all=" + all);
        var found = letters(answers);
        if (isJson()) {
            out().json(answers);
        } else {
            print(found);
        }
        return found.values().stream().flatMap(List::stream).anyMatch(ListedLetter::isWaiting)
                ? SOME_WAIT
                : 0;
    }

    private static Map<String, List<ListedLetter>> letters(Map<String, JsonNode> answers) {
        var found = new TreeMap<String, List<ListedLetter>>();
        answers.forEach(
                (service, list) -> found.put(service, AnswerReader.list(list, ListedLetter.class)));
        return found;
    }

    private void print(Map<String, List<ListedLetter>> found) {
        if (found.values().stream().allMatch(List::isEmpty)) {
            out().say("None: every record was taken.");
            return;
        }
        var table = new TextTable("LETTER", "RECORD", "KEY", "TIMES", "LAST", "STATE", "REASON");
        found.forEach((service, letters) -> letters.forEach(d -> row(table, service, d)));
        table.lines(out().width(Integer.MAX_VALUE)).forEach(out()::result);
    }

    private static void row(TextTable table, String service, ListedLetter d) {
        table.row(
                service + "-" + d.id(),
                "%s-%d@%d".formatted(d.topic(), d.partition(), d.offset()),
                d.key(),
                d.times(),
                d.lastAt(),
                d.state(),
                d.reason());
    }
}
