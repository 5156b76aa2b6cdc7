// SPDX-License-Identifier: Apache-2.0
package dev.skein.standalone.stack;

import dev.skein.broker.BrokerProcess;
import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.postgres.SqlLiterals;
import dev.skein.engine.server.PostgresPrograms;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What the stack consists of: a control PostgreSQL, a PostgreSQL per site for tenants, a Kafka
 * broker, api, audit, and agents per site.
 */
public final class LocalStack {
    /** The sites. */
    public static final List<String> SITES = List.of("eu", "us");

    /** For programs that mostly start and wait. */
    private static final String STARTING = "-XX:TieredStopAtLevel=1";

    /** For one that hashes: only the other compiler uses the processor's instructions for it. */
    private static final String HASHING = "-XX:TieredStopAtLevel=4";

    private final StackHome home;
    private final StackPorts ports;
    private final StackSecrets secrets;
    private final int agentsPerSite;
    private final int replicas;
    private final StackWiring wiring;
    private final Map<String, PostgresPart> servers = new LinkedHashMap<>();
    private final Map<String, JavaPart> programs = new LinkedHashMap<>();
    private final List<Path> kept = new ArrayList<>();
    private final Map<String, ClassArchive> archives = new LinkedHashMap<>();

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
        archive("api", 256, STARTING);
        archive("audit", 192, HASHING);
        archive("agent", 192, STARTING);
    }

    /** The parts that start together, group after group. */
    public List<List<StackPart>> groups() {
        var postgres = programs();
        server("control", postgres);
        SITES.forEach(site -> server(site, postgres));
        var first = new ArrayList<StackPart>(servers.values());
        first.add(program("broker", broker()));
        for (int n = 1; n <= replicas; n++) {
            ports.choose(replica("api", n)); // the two services know each other's
            ports.choose(replica("audit", n));
        }
        var rest = new ArrayList<StackPart>();
        rest.add(program("audit", audit("audit")));
        for (var site : SITES) {
            for (int n = 1; n <= agentsPerSite; n++) {
                rest.add(program("agent-" + site + "-" + n, agent(site, n)));
            }
        }
        var groups = new ArrayList<List<StackPart>>();
        groups.add(first);
        groups.add(List.of(program("api", api("api"))));
        groups.add(rest);
        for (int n = 2; n <= replicas; n++) {
            var api = replica("api", n);
            var audit = replica("audit", n);
            groups.add(List.of(program(api, api(api)), program(audit, audit(audit))));
        }
        return groups;
    }

    private static String replica(String service, int number) {
        return number == 1 ? service : service + "-" + number;
    }

    private PostgresPrograms programs() {
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

    private JavaPart program(String name, JavaPart part) {
        programs.put(name, part);
        return part;
    }

    private JavaPart broker() {
        int port = ports.choose("kafka");
        int controller = ports.choose("kafka-controller");
        var data = home.data().resolve("kafka");
        var command = BrokerProcess.command(home.broker(), data, port, controller, false);
        var ready = data.resolve("ready");
        Supplier<List<String>> begin =
                () -> {
                    forget(ready);
                    return command;
                };
        return new JavaPart(home, "broker", begin, Map.of(), () -> Files.exists(ready));
    }

    /** What one that was killed left says nothing of the next. */
    private static void forget(Path ready) {
        try {
            Files.deleteIfExists(ready);
        } catch (IOException e) {
            throw SkeinException.failed("File " + ready, "it cannot be deleted: " + e, "");
        }
    }

    private JavaPart api(String name) {
        int port = ports.known(name);
        var environment = kafka(name);
        environment.put("QUARKUS_HTTP_PORT", String.valueOf(port));
        environment.put("SKEIN_API_DATABASE_URL", control(name, "skein_api"));
        environment.put("SKEIN_API_DATABASE_PASSWORD", secrets.get("postgres-control"));
        environment.put("SKEIN_API_ADMIN_PASSWORD", secrets.get("admin"));
        environment.put("SKEIN_API_AUDIT_URL", auditUrl());
        environment.put("SKEIN_API_SITES", String.join(",", SITES));
        environment.putAll(wiring.settings(name));
        return new JavaPart(home, name, java("api", name), environment, healthy(port));
    }

    private JavaPart audit(String name) {
        int port = ports.known(name);
        var environment = kafka(name);
        environment.put("QUARKUS_HTTP_PORT", String.valueOf(port));
        environment.put("SKEIN_AUDIT_DATABASE_URL", control(name, "skein_audit"));
        environment.put("SKEIN_AUDIT_DATABASE_PASSWORD", secrets.get("postgres-control"));
        environment.put("SKEIN_AUDIT_API_URL", apiUrl());
        environment.put("SKEIN_AUDIT_KEY", home.data().resolve("secret/audit.key").toString());
        environment.putAll(wiring.settings(name));
        return new JavaPart(home, name, java("audit", name), environment, healthy(port));
    }

    private JavaPart agent(String site, int number) {
        var id = site + "-" + number;
        var name = "agent-" + id;
        int port = ports.choose(name);
        var environment = kafka(name);
        environment.put("QUARKUS_HTTP_PORT", String.valueOf(port));
        environment.put("QUARKUS_CONFIG_LOCATIONS", agentSettings(site, id).toString());
        environment.put("SKEIN_POSTGRES_BIN", programs().bin().toString());
        environment.putAll(wiring.settings(name));
        return new JavaPart(home, name, java("agent", name), environment, healthy(port));
    }

    /** Files with settings that somebody changed: they are as they were. */
    public List<Path> kept() {
        return List.copyOf(kept);
    }

    private Path agentSettings(String site, String id) {
        var settings = new Properties();
        settings.setProperty("skein.agent.id", id);
        settings.setProperty("skein.agent.site", site);
        settings.setProperty("skein.agent.cache", home.data().resolve("agent-" + id).toString());
        settings.setProperty(
                "skein.agent.backups", home.data().resolve("backups-" + site).toString());
        settings.setProperty("skein.agent.rehearse-rows", "200"); // nobody's data
        settings.setProperty("skein.agent.discover-every", "2s");
        settings.setProperty("skein.agent.look-every", "5s");
        var server = "skein.agent.servers.main.";
        settings.setProperty(
                server + "url",
                "postgresql://postgres@127.0.0.1:"
                        + way("agent-" + id, "postgres-" + site)
                        + "/postgres");
        settings.setProperty(server + "password", "file:" + secrets.file("postgres-" + site));
        settings.setProperty(server + "databases", "tenant_*");
        settings.setProperty(server + "labels.region", site);
        var file = home.data().resolve("agent-" + id + ".properties");
        if (!new SettingsFile(file).write(settings)) {
            kept.add(file);
        }
        return file;
    }

    private int way(String program, String server) {
        return wiring.port(program, server, ports.known(server));
    }

    private Map<String, String> kafka(String program) {
        var environment = new LinkedHashMap<String, String>();
        environment.put("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + way(program, "kafka"));
        return environment;
    }

    private void archive(String module, int megabytes, String compiler) {
        var options =
                List.of(
                        "-Xmx" + megabytes + "m",
                        "-XX:+UseSerialGC",
                        compiler,
                        "-XX:+ExitOnOutOfMemoryError",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow");
        archives.put(module, new ClassArchive(home, module, options));
    }

    private Supplier<List<String>> java(String module, String part) {
        var archive = Objects.requireNonNull(archives.get(module));
        return () -> archive.command(part);
    }

    /**
     * Makes the archives that this build lacks, from what the services that are up have loaded;
     * from their next start on they start faster. It can be interrupted.
     *
     * @throws SkeinException if that fails; everything works without it
     */
    void archive() throws InterruptedException {
        for (var archive : archives.values()) {
            archive.make(this::isUp);
        }
    }

    private boolean isUp(String program) {
        var part = programs.get(program);
        return part != null && part.isLaunched() && part.isReady();
    }

    private static BooleanSupplier healthy(int port) {
        return () -> isHealthy(port);
    }

    private static boolean isHealthy(int port) {
        try {
            var url = URI.create("http://127.0.0.1:" + port + "/q/health/ready").toURL();
            var connection = (HttpURLConnection) url.openConnection();
            connection.setConnectTimeout(1000);
            connection.setReadTimeout(3000);
            try {
                return connection.getResponseCode() == 200;
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return false; // not up yet, which is the answer
        }
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

    private String control(String program, String database) {
        int port = way(program, "postgres-control");
        return "postgresql://postgres@127.0.0.1:" + port + "/" + database;
    }

    /** Where a part listens: a program by its name, a server as for {@link StackWiring#port}. */
    public int port(String name) {
        return ports.known(name);
    }

    public String apiUrl() {
        return "http://127.0.0.1:" + ports.known("api");
    }

    public String auditUrl() {
        return "http://127.0.0.1:" + ports.known("audit");
    }

    public StackSecrets secrets() {
        return secrets;
    }
}
