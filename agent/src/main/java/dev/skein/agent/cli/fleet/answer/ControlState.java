// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.answer;

import java.util.List;

/**
 * Whether the control plane decides anything.
 *
 * @param stopped since when not; empty where it does
 * @param lostDecisions how many were published and are not in its database
 * @param topics what is not as it should be with topics that work nevertheless
 */
public record ControlState(
        String stopped, String found, String remedy, int lostDecisions, List<String> topics) {
    /** Whether it does not. */
    public boolean isStopped() {
        return !stopped.isEmpty();
    }
}
