// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.discover;

import dev.skein.agent.daemon.config.AgentConfig;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.postgres.PgClient;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** The servers of this site, and whose databases are known. */
final class SiteServers {
    private final PgClient client;
    private final List<ServerList> servers;
    private final Set<String> listed = ConcurrentHashMap.newKeySet();

    SiteServers(AgentConfig config, PgClient client) {
        this.client = client;
        this.servers =
                config.servers().entrySet().stream()
                        .map(e -> new ServerList(e.getKey(), e.getValue(), config.site()))
                        .toList();
    }

    List<ServerList> all() {
        return servers;
    }

    /** Notes servers all of whose databases are known by their uids, as of their last lists. */
    void listed(Predicate<ServerDatabase> isKnown) {
        servers.stream()
                .filter(server -> !listed.contains(server.name()))
                .filter(server -> server.isListed(isKnown))
                .forEach(server -> listed.add(server.name()));
    }

    /** Servers whose databases are not known yet. */
    List<String> unlisted() {
        return servers.stream().map(ServerList::name).filter(n -> !listed.contains(n)).toList();
    }

    /** The database of a place's server that discovery connects to. */
    DatabaseAddress maintenance(ServerDatabase place) {
        return serverOf(place).address();
    }

    /** The place as it is now. */
    ServerDatabase again(ServerDatabase place) {
        return serverOf(place).read(client).stream()
                .filter(now -> now.name().equals(place.name()))
                .findFirst()
                .orElse(place);
    }

    private ServerList serverOf(ServerDatabase place) {
        return servers.stream()
                .filter(server -> server.name().equals(place.server()))
                .findFirst()
                .orElseThrow();
    }
}
