// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.rollout;

import picocli.CommandLine.Parameters;

/** Which rollout a command is about. */
final class RolloutChoice {
    @Parameters(index = "0", paramLabel = "ROLLOUT", description = "Its name.")
    private String id;

    String id() {
        return id;
    }

    /** Where the control plane has something of it. */
    String path(String tail) {
        return RolloutPaths.of(id, tail);
    }
}
