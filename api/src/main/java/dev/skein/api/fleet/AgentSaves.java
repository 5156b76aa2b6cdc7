// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.fleet;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an agent of a site can take backups of.
 *
 * @param majors the servers, by major version, the oldest first; null from one that tells only the
 *     newest
 * @param newest of them; 0 for none
 */
public record AgentSaves(String agent, @Nullable List<Integer> majors, int newest) {
    public AgentSaves {
        majors = majors == null ? null : List.copyOf(majors);
    }

    /** Whether it has the programs of a server's version, as far as it tells. */
    public boolean isFit(int major) {
        return majors == null ? major <= newest : majors.contains(major);
    }

    /** What it has, as a part of a sentence. */
    public String words() {
        if (majors == null ? newest == 0 : majors.isEmpty()) {
            return agent + " has no folder for backups, or no pg_dump";
        }
        return agent
                + " has pg_dump for PostgreSQL "
                + (majors == null
                        ? "up to " + newest
                        : majors.stream().map(String::valueOf).collect(Collectors.joining(", ")));
    }
}
