// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.discover;

import dev.skein.agent.daemon.config.AgentConfig;
import dev.skein.agent.daemon.config.SecretReferences;
import dev.skein.engine.Glob;
import dev.skein.engine.postgres.BriefSessions;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.postgres.PgSession;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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

    /** Of one that was dropped a moment ago the right is NULL; its size would be an error. */
    private static final String SIZES =
            """
            SELECT d.oid::bigint AS oid,
                CASE WHEN has_database_privilege(d.oid, 'CONNECT') THEN pg_database_size(d.oid) END AS size
            FROM pg_database d
            WHERE d.oid::bigint = ANY($1::bigint[])
            """;

    private final String name;
    private final AgentConfig.Server config;
    private final String site;
    private final List<Glob> wanted;
    private final List<Glob> unwanted;

    ServerList(String name, AgentConfig.Server config, String site) {
        this.site = site;
        this.name = name;
        this.config = config;
        this.wanted = config.databases().stream().map(Glob::of).toList();
        this.unwanted = config.exclude().orElse(List.of()).stream().map(Glob::of).toList();
    }

    String name() {
        return name;
    }

    /** The databases there are now; sizes are asked of those that are wanted, and of no other. */
    List<ServerDatabase> read(PgClient client) {
        var address = address();
        try (var session = client.open(address, "skein discover", BriefSessions.SETTINGS)) {
            var rows = new ArrayList<Row>();
            session.query(LIST).forEach(rows::add);
            rows.removeIf(row -> !isWanted(row.getString("name")));
            var sizes = sizes(session, rows);
            var places = new ArrayList<ServerDatabase>();
            for (var row : rows) {
                var size = sizes.get(row.getLong("oid"));
                if (size != null) { // else it was dropped a moment ago
                    places.add(place(row, size, address));
                }
            }
            return places;
        }
    }

    private static Map<Long, Long> sizes(PgSession session, List<Row> rows) {
        var oids = rows.stream().map(row -> row.getLong("oid")).toArray(Long[]::new);
        var sizes = new HashMap<Long, Long>();
        for (var row : session.query(SIZES, (Object) oids)) {
            if (row.getLong("size") != null) {
                sizes.put(row.getLong("oid"), row.getLong("size"));
            }
        }
        return sizes;
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

    private ServerDatabase place(Row row, long size, DatabaseAddress server) {
        var database = row.getString("name");
        return new ServerDatabase(
                name,
                database,
                row.getLong("oid"),
                row.getString("system"),
                row.getInteger("major"),
                size,
                server.withDatabase(database),
                config.labels(),
                config.parallel(),
                site + "/" + name);
    }

    private static boolean matches(List<Glob> patterns, String name) {
        return patterns.stream().anyMatch(glob -> glob.matches(name));
    }
}
