// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.control;

import dev.skein.agent.cli.common.BaseCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code skein control replay}. */
@Command(
        name = "replay",
        description = "Take records up once more, after what was wrong with them is mended.")
final class DeadLetterReplayCommand extends BaseCommand {
    @Mixin private final ChosenLetters letters = new ChosenLetters();

    @Override
    public Integer call() {
        return letters.decide("replay", "Took", out());
    }
}
