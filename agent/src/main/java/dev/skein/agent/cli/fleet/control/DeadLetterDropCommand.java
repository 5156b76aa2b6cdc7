// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.control;

import dev.skein.agent.cli.common.BaseCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code skein control drop}. */
@Command(
        name = "drop",
        description = "Give records up; they are kept, and nobody is reminded of them.")
final class DeadLetterDropCommand extends BaseCommand {
    @Mixin private final ChosenLetters letters = new ChosenLetters();

    @Override
    public Integer call() {
        return letters.decide("drop", "Dropped", out());
    }
}
