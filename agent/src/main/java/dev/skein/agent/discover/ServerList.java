// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.discover;

import dev.skein.agent.config.AgentConfig;
import dev.skein.agent.config.Secrets;
import dev.skein.engine.Glob;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.postgres.PgClient;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Lists the tenant databases of one server by their names' patterns. */
final class ServerList {
    private static final String LIST =
            "SELECT d.datname::text AS name, d.oid::bigint AS oid, pg_database_size(d.oid) AS size,"
                + " (SELECT system_identifier::text FROM pg_control_system()) AS system,"
                + " current_setting('server_version_num')::int / 10000 AS major FROM pg_database d"
                + " WHERE NOT d.datistemplate AND d.datallowconn AND d.datname !~"
                + " '^skein_(restoring|replaced)_[0-9a-f_]+$' AND has_database_privilege(d.oid,"
                + " 'CONNECT') ORDER BY d.datname";

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

    /** The databases there are now. */
    List<Place> read(PgClient client) {
        var address = address();
        var places = new ArrayList<Place>();
        try (var session = client.open(address, "skein discover", Map.of())) {
            session.query(LIST).forEach(row -> add(row, address, places));
        }
        return places;
    }

    DatabaseAddress address() {
        var address = DatabaseAddress.parse(config.url());
        return config.password()
                .map(r -> address.withPassword(Secrets.resolve("Server " + name, r)))
                .orElse(address);
    }

    private void add(Row row, DatabaseAddress server, List<Place> places) {
        var database = row.getString("name");
        if (!matches(wanted, database) || matches(unwanted, database)) {
            return;
        }
        places.add(
                new Place(
                        name,
                        database,
                        row.getLong("oid"),
                        row.getString("system"),
                        row.getInteger("major"),
                        row.getLong("size"),
                        server.withDatabase(database),
                        config.labels(),
                        config.parallel(),
                        site + "/" + name));
    }

    private static boolean matches(List<Glob> patterns, String name) {
        return patterns.stream().anyMatch(glob -> glob.matches(name));
    }
}
