// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.answer;

import java.util.List;

/**
 * Whether the control plane decides anything.
 *
 * @param stopped since when not; empty where it does
 * @param lostDecisions how many were published and are not in its database
 * @param topics what is not as it should be with topics that work nevertheless
 * @param unsent what it could not send lately
 * @param sender which other process sends, and knows that; empty where the one that was asked does
 */
public record ControlState(
        String stopped,
        String found,
        String remedy,
        int lostDecisions,
        List<String> topics,
        List<Unsent> unsent,
        String sender) {
    /** Something that could not be sent. */
    public record Unsent(String route, int tries, String reason) {}

    /** Whether it does not. */
    public boolean isStopped() {
        return !stopped.isEmpty();
    }
}
