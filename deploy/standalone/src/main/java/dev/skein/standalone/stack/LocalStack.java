// SPDX-License-Identifier: Apache-2.0
package dev.skein.standalone.stack;

import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.postgres.SqlLiterals;
import dev.skein.engine.server.PostgresPrograms;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the stack consists of: a control PostgreSQL, a PostgreSQL per site for tenants, a Kafka
 * broker, api, audit, and agents per site.
 */
public final class LocalStack {
    /** The sites. */
    public static final List<String> SITES = List.of("eu", "us");

    private final StackHome home;
    private final StackPorts ports;
    private final StackSecrets secrets;
    private final int agentsPerSite;
    private final int replicas;
    private final StackWiring wiring;
    private final Map<String, PostgresPart> servers = new LinkedHashMap<>();
    private final Map<String, JavaPart> programs = new LinkedHashMap<>();
    private final ServiceArchives archives;
    private final ServiceParts services;

    /**
     * @param agentsPerSite how many agents share a site's databases
     */
    public LocalStack(StackHome home, int agentsPerSite) {
        this(home, agentsPerSite, 1, StackWiring.STRAIGHT);
    }

    /**
     * @param agentsPerSite how many agents share a site's databases
     * @param replicas how many processes of api and of audit there are
     */
    public LocalStack(StackHome home, int agentsPerSite, int replicas, StackWiring wiring) {
        this.home = home;
        this.ports = new StackPorts(home);
        this.secrets = new StackSecrets(home);
        this.agentsPerSite = agentsPerSite;
        this.replicas = replicas;
        this.wiring = wiring;
        this.archives = new ServiceArchives(home);
        this.services = new ServiceParts(home, ports, secrets, wiring, archives);
    }

    /** The parts that start together, group after group. */
    public List<List<StackPart>> groups() {
        var postgres = postgresPrograms();
        server("control", postgres);
        SITES.forEach(site -> server(site, postgres));
        var first = new ArrayList<StackPart>(servers.values());
        first.add(program(services.broker()));
        choosePorts();
        var rest = new ArrayList<StackPart>();
        rest.add(program(services.audit("audit")));
        rest.addAll(agents(postgres));
        var groups = new ArrayList<List<StackPart>>();
        groups.add(first);
        groups.add(List.of(program(services.api("api"))));
        groups.add(rest);
        groups.addAll(laterReplicas());
        return groups;
    }

    private void choosePorts() {
        for (int n = 1; n <= replicas; n++) {
            ports.choose(replica("api", n)); // the two services know each other's
            ports.choose(replica("audit", n));
        }
    }

    private List<List<StackPart>> laterReplicas() {
        var groups = new ArrayList<List<StackPart>>();
        for (int n = 2; n <= replicas; n++) {
            var api = services.api(replica("api", n));
            var audit = services.audit(replica("audit", n));
            groups.add(List.of(program(api), program(audit)));
        }
        return groups;
    }

    private List<StackPart> agents(PostgresPrograms postgres) {
        var agents = new ArrayList<StackPart>();
        for (var site : SITES) {
            for (int n = 1; n <= agentsPerSite; n++) {
                agents.add(program(services.agent(site, n, postgres)));
            }
        }
        return agents;
    }

    private static String replica(String service, int number) {
        return number == 1 ? service : service + "-" + number;
    }

    private PostgresPrograms postgresPrograms() {
        var packaged = Optional.ofNullable(System.getProperty("skein.postgres.jar")).map(Path::of);
        return PostgresPrograms.find(packaged, home.data().resolve("postgres-programs"));
    }

    private void server(String name, PostgresPrograms postgres) {
        int port = ports.choose("postgres-" + name);
        servers.put(
                name,
                new PostgresPart(
                        home,
                        name,
                        postgres,
                        port,
                        secrets.get("postgres-" + name),
                        wiring.settings("postgres-" + name)));
    }

    private JavaPart program(JavaPart part) {
        programs.put(part.name(), part);
        return part;
    }

    /** Files with settings that somebody changed: they are as they were. */
    public List<Path> kept() {
        return services.kept();
    }

    /**
     * Makes the archives that this build lacks, from what the services that are up have loaded;
     * from their next start on they start faster. It can be interrupted.
     *
     * @throws SkeinException if that fails; everything works without it
     */
    void archive() throws InterruptedException {
        archives.make(this::isUp);
    }

    private boolean isUp(String program) {
        var part = programs.get(program);
        return part != null && part.isLaunched() && part.isReady();
    }

    /** Makes the databases of api and audit, where they are not there; the server runs. */
    public void createDatabases() {
        try (var client = PgClient.create();
                var admin = client.open(address("control", "postgres"), "skein up", Map.of())) {
            for (var name : List.of("skein_api", "skein_audit")) {
                var there = admin.query("SELECT 1 FROM pg_database WHERE datname = $1", name);
                if (there.size() == 0) {
                    admin.script(
                            "CREATE DATABASE " + SqlLiterals.name(name), Duration.ofSeconds(30));
                }
            }
        }
    }

    /** The address of a database on the server of a site, or on {@code control}. */
    public DatabaseAddress address(String server, String database) {
        int port = ports.known("postgres-" + server);
        return DatabaseAddress.parse("postgresql://postgres@127.0.0.1:" + port + "/" + database)
                .withPassword(secrets.get("postgres-" + server));
    }

    /** Where a part listens: a program by its name, a server as for {@link StackWiring#port}. */
    public int port(String name) {
        return ports.known(name);
    }

    public String apiUrl() {
        return ports.url("api");
    }

    public String auditUrl() {
        return ports.url("audit");
    }

    public StackSecrets secrets() {
        return secrets;
    }
}
