// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.answer;

import java.util.List;

/**
 * What is not as it must be with the audit log.
 *
 * @param sources histories that are not dense and chained
 * @param refused why nothing more is signed; empty while all is well
 * @param topics of which nothing is read, and what to do
 */
public record LogTrouble(
        List<Broken> sources, List<Anomaly> anomalies, String refused, List<String> topics) {
    /**
     * A history with a gap or a fork.
     *
     * @param first the number of the first entry that waits; 0 where none does
     */
    public record Broken(String source, String state, long next, long waiting, long first) {}

    /** Something that must not have happened. */
    public record Anomaly(String source, long seq, String kind, String detail, String at) {}

    /** Whether nothing is. */
    public boolean isNone() {
        return sources.isEmpty() && anomalies.isEmpty() && refused.isEmpty() && topics.isEmpty();
    }
}
