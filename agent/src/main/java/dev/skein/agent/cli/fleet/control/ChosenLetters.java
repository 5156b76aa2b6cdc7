// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.control;

import dev.skein.agent.cli.common.CliWords;
import dev.skein.agent.cli.common.Output;
import dev.skein.agent.cli.fleet.client.FleetOptions;
import dev.skein.engine.SkeinException;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Dead letters that somebody decides on. */
final class ChosenLetters {
    static final BothServices SERVICES =
            BothServices.of("/api/dead-letters", "/api/audit/dead-letters");

    private static final Pattern LETTER = Pattern.compile("(api|audit)-([0-9]{1,18})");

    @Mixin private final FleetOptions fleet = new FleetOptions();

    @Parameters(
            paramLabel = "LETTER",
            arity = "1..*",
            description = "As 'skein control dead-letters' lists them: api-7, audit-12.")
    private List<String> letters;

    /**
     * Decides.
     *
     * @param done what is said of them then
     */
    int decide(String verb, String done, Output out) {
        var messages = letters.stream().map(letter -> message(letter, verb)).toList();
        SERVICES.post(fleet, messages);
        out.say(done + " " + CliWords.counted(letters.size(), "record"));
        return 0;
    }

    private static BothServices.Message message(String letter, String verb) {
        var known = LETTER.matcher(letter);
        if (!known.matches()) {
            throw SkeinException.usage(
                    "Dead letter '" + letter + "'",
                    "it is not called so",
                    "See: skein control dead-letters");
        }
        var tail = "/" + known.group(2) + "/" + verb;
        return new BothServices.Message(known.group(1), tail, List.of());
    }
}
