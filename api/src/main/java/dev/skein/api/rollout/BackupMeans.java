// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rollout;

import dev.skein.api.fleet.AgentSaves;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether agents can take the backups that a rollout wants. Pure. */
final class BackupMeans {
    /** So many agents are named in a reason. */
    private static final int NAMED = 3;

    private final BackupChoice choice;
    private final Map<String, List<AgentSaves>> saves;

    /**
     * @param saves what each site's agents can take backups of, any of which may have to
     */
    BackupMeans(BackupChoice choice, Map<String, List<AgentSaves>> saves) {
        this.choice = choice;
        this.saves = saves;
    }

    /** Why no backup can be taken of a site's databases on such a server, if one is wanted. */
    @Nullable String obstacle(String site, int serverMajor) {
        var there = saves.getOrDefault(site, List.of());
        var unfit = there.stream().filter(agent -> !agent.isFit(serverMajor)).toList();
        if (!choice.isWanted() || (unfit.isEmpty() && !there.isEmpty())) {
            return null;
        }
        return "backup unavailable: "
                + (there.isEmpty()
                        ? "no agent of site " + site + " has been heard of lately"
                        : "its server is PostgreSQL %d, and of site %s "
                                        .formatted(serverMajor, site)
                                + text(unfit))
                + " (backup: none \"why\" goes without)";
    }

    private static String text(List<AgentSaves> unfit) {
        var named =
                unfit.stream()
                        .limit(NAMED)
                        .map(AgentSaves::words)
                        .collect(Collectors.joining("; "));
        return unfit.size() <= NAMED
                ? named
                : named + "; and %d more".formatted(unfit.size() - NAMED);
    }
}
