// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether the agents of a site can stand in for each other: they share its databases out by their
 * uids, so one that knows fewer servers leaves what falls to it alone, and nobody hears of it.
 * Pure.
 */
public final class SiteAgreement {
    private SiteAgreement() {}

    /**
     * An agent.
     *
     * @param servers the names of those whose databases it looks after; null where it does not tell
     * @param doubled whether two processes tell of it by turns
     */
    public record Agent(
            String id,
            String site,
            boolean alive,
            @Nullable List<String> servers,
            boolean doubled) {
        public Agent {
            servers = servers == null ? null : List.copyOf(servers);
        }
    }

    /**
     * What is wrong with the sites, in words; nothing where all is well.
     *
     * @param sites those of the control plane
     */
    public static List<String> lacking(List<String> sites, List<Agent> agents) {
        var found = new ArrayList<String>();
        var bySite =
                agents.stream()
                        .filter(Agent::alive)
                        .collect(
                                Collectors.groupingBy(
                                        Agent::site, TreeMap::new, Collectors.toList()));
        bySite.forEach((site, there) -> {
            if (!sites.contains(site)) {
                found.add(
                        "agent %s is of site %s, and the control plane knows %s alone: set skein.agent.site or skein.api.sites"
                                .formatted(ids(there), site, String.join(", ", sites)));
            }
            servers(site, there, found);
            doubled(there, found);
        });
        return List.copyOf(found);
    }

    private static void doubled(List<Agent> agents, List<String> found) {
        agents.stream()
                .filter(Agent::doubled)
                .map(agent ->
                        "two processes of site %s call themselves agent %s: give each one a skein.agent.id of its own"
                                .formatted(agent.site(), agent.id()))
                .sorted()
                .forEach(found::add);
    }

    private static String ids(List<Agent> agents) {
        return agents.stream().map(Agent::id).sorted().collect(Collectors.joining(", "));
    }

    private static void servers(String site, List<Agent> agents, List<String> found) {
        var byServers = new TreeMap<String, List<Agent>>();
        agents.stream()
                .filter(agent -> agent.servers() != null)
                .forEach(agent ->
                        byServers.computeIfAbsent(names(agent), s -> new ArrayList<>()).add(agent));
        if (byServers.size() > 1) {
            found.add(
                    "the agents of site %s share its databases out, and do not have the same servers (%s): what falls to one that lacks its server is left alone; give them the same skein.agent.servers"
                            .formatted(site, inWords(byServers)));
        }
    }

    private static String names(Agent agent) {
        var names = new TreeSet<>(Objects.requireNonNull(agent.servers()));
        return names.isEmpty() ? "none" : String.join(", ", names);
    }

    private static String inWords(Map<String, List<Agent>> byServers) {
        return byServers.entrySet().stream()
                .map(e -> ids(e.getValue()) + ": " + e.getKey())
                .collect(Collectors.joining("; "));
    }
}
