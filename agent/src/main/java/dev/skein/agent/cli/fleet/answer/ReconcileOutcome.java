// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.answer;

import java.util.List;

/** What bringing the control plane's database in line does, or would do. */
public record ReconcileOutcome(
        String since,
        String found,
        long adopted,
        long left,
        List<String> paused,
        List<String> aborted,
        long withdrawn,
        boolean sentAgain,
        long tokens) {}
