// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.answer;

/** A record that a service could not take. */
public record ListedLetter(
        long id,
        String topic,
        int partition,
        long offset,
        String key,
        long times,
        String lastAt,
        String state,
        String reason) {
    /** Whether nobody has decided on it. */
    public boolean isWaiting() {
        return state.equals("waiting");
    }
}
