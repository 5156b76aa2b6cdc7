// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.client;

import dev.skein.agent.cli.common.ReasonGiven;
import picocli.CommandLine.Option;

/** Why somebody decides something on the fleet; without it nothing is decided. */
public final class StatedReason {
    @Option(
            names = {"-r", "--reason"},
            paramLabel = "TEXT",
            converter = ReasonGiven.class,
            required = true,
            description = "Why; it is recorded.")
    private String reason;

    /** In somebody's words. */
    public String text() {
        return reason;
    }
}
