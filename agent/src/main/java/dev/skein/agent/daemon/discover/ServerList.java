// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.discover;

import dev.skein.agent.daemon.config.AgentConfig;
import dev.skein.agent.daemon.config.SecretReferences;
import dev.skein.engine.Glob;
import dev.skein.engine.postgres.BriefSessions;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.postgres.PgClient;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lists the tenant databases of one server by their names' patterns. */
final class ServerList {
    private static final String LIST =
            """
            SELECT d.datname::text AS name, d.oid::bigint AS oid,
                (SELECT system_identifier::text FROM pg_control_system()) AS system,
                current_setting('server_version_num')::int / 10000 AS major
            FROM pg_database d
            WHERE NOT d.datistemplate AND d.datallowconn
                AND d.datname !~ '^skein_(restoring|replaced)_[0-9a-f_]+$'
                AND has_database_privilege(d.oid, 'CONNECT')
            ORDER BY d.datname
            """;

    private final String name;
    private final AgentConfig.Server config;
    private final String site;
    private final List<Glob> wanted;
    private final List<Glob> unwanted;
    private Map<Long, ServerDatabase> before = Map.of();
    private String system = "";
    private @Nullable DatabaseAddress reached;

    ServerList(String name, AgentConfig.Server config, String site) {
        this.site = site + "/" + name;
        this.name = name;
        this.config = config;
        this.wanted = config.databases().stream().map(Glob::of).toList();
        this.unwanted = config.exclude().orElse(List.of()).stream().map(Glob::of).toList();
    }

    String name() {
        return name;
    }

    /** The databases there are now; those that are what they were are the same objects. */
    synchronized List<ServerDatabase> read(PgClient client) {
        var address = address();
        try (var session = client.open(address, "skein discover", BriefSessions.SETTINGS)) {
            var places = new ArrayList<ServerDatabase>();
            for (var row : session.query(LIST)) {
                if (isWanted(row.getString("name"))) {
                    places.add(place(row, address));
                }
            }
            before = places.stream().collect(Collectors.toMap(ServerDatabase::oid, p -> p));
            reached = address;
            return places;
        }
    }

    /** Whether there is a list, and all in it are known. */
    synchronized boolean isListed(Predicate<ServerDatabase> isKnown) {
        return reached != null && before.values().stream().allMatch(isKnown);
    }

    private ServerDatabase place(Row row, DatabaseAddress address) {
        var known = before.get(row.getLong("oid"));
        return known != null
                        && address.equals(reached)
                        && known.name().equals(row.getString("name"))
                        && known.systemIdentifier().equals(row.getString("system"))
                        && known.serverMajor() == row.getInteger("major")
                ? known
                : made(row, address);
    }

    DatabaseAddress address() {
        var address = DatabaseAddress.parse(config.url());
        return config.password()
                .map(r -> address.withPassword(SecretReferences.resolve("Server " + name, r)))
                .orElse(address);
    }

    private boolean isWanted(String database) {
        return matches(wanted, database) && !matches(unwanted, database);
    }

    /** All have the same, and there may be many. */
    private String system(String read) {
        if (!system.equals(read)) {
            system = read;
        }
        return system;
    }

    private ServerDatabase made(Row row, DatabaseAddress server) {
        var database = row.getString("name");
        return new ServerDatabase(
                name,
                database,
                row.getLong("oid"),
                system(row.getString("system")),
                row.getInteger("major"),
                0,
                server.withDatabase(database),
                config.labels(),
                config.parallel(),
                site);
    }

    private static boolean matches(List<Glob> patterns, String name) {
        return patterns.stream().anyMatch(glob -> glob.matches(name));
    }
}
