// SPDX-License-Identifier: Apache-2.0
package dev.skein.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.agent.cli.Skein;
import dev.skein.agent.cli.common.Output;
import dev.skein.broker.BrokerProcess;
import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.server.DisposableFolder;
import dev.skein.engine.server.FolderTrees;
import dev.skein.engine.server.PostgresPrograms;
import dev.skein.engine.server.PostgresServer;
import dev.skein.engine.testing.TestServer;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The services on a PostgreSQL that only takes TLS, and a Kafka that wants TLS and a login. */
class OwnInfrastructureTest {
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final String SECRET = "a secret of the test";
    private static final String STORE = "changeit";

    private final PgClient client = PgClient.create();
    private final List<Process> processes = new ArrayList<>();
    private final int postgresPort = TestServer.freePort();
    private final int kafkaPort = TestServer.freePort();
    private final int apiPort = TestServer.freePort();
    private final int auditPort = TestServer.freePort();
    private Path home = Path.of("");
    private @Nullable PostgresServer postgres;
    private @Nullable BrokerProcess broker;

    @BeforeEach
    void start() throws Exception {
        home = DisposableFolder.create("skein-own");
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        certificate();
        startPostgres();
        startBroker();
    }

    @AfterEach
    void stop() throws Exception {
        for (var process : processes.reversed()) {
            process.destroy();
            process.waitFor();
        }
        client.close();
        if (broker != null) {
            broker.close();
        }
        if (postgres != null) {
            postgres.dispose();
        }
        FolderTrees.delete(home);
    }

    /** One certificate, signed by itself: the server's, and the one that is trusted. */
    private void certificate() throws Exception {
        certificate("server", home.resolve("trusted.pem"));
        var store = home.resolve("server.p12");
        var keys = KeyStore.getInstance(store.toFile(), STORE.toCharArray());
        var key = keys.getKey("server", STORE.toCharArray()).getEncoded();
        Files.writeString(
                home.resolve("server.key"),
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key)
                        + "\n-----END PRIVATE KEY-----\n");
    }

    private void certificate(String name, Path to) throws Exception {
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var store = home.resolve(name + ".p12").toString();
        run(
                keytool,
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "RSA",
                "-keysize",
                "2048",
                "-validity",
                "2",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=ip:127.0.0.1,dns:localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                store,
                "-storepass",
                STORE);
        run(
                keytool,
                "-exportcert",
                "-rfc",
                "-alias",
                name,
                "-keystore",
                store,
                "-storepass",
                STORE,
                "-file",
                to.toString());
    }

    private static void run(String... command) throws Exception {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private DatabaseAddress address(String database) {
        return DatabaseAddress.parse(
                        "postgresql://postgres@127.0.0.1:%d/%s?sslmode=verify-full&sslrootcert=%s"
                                .formatted(postgresPort, database, home.resolve("trusted.pem")))
                .withPassword(SECRET);
    }

    private void startPostgres() throws IOException {
        var packaged = Optional.ofNullable(System.getProperty("skein.postgres.jar")).map(Path::of);
        var programs = PostgresPrograms.find(packaged, home.resolve("programs"));
        var data = home.resolve("data");
        var log = home.resolve("postgres.log");
        PostgresServer.start(programs, data, postgresPort, SECRET, Map.of(), log).close();
        var owner = Files.getOwner(data.resolve("PG_VERSION"));
        for (var name : List.of("server.key", "trusted.pem")) {
            var copy = Files.copy(home.resolve(name), data.resolve(name));
            Files.setOwner(copy, owner);
            Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-------"));
        }
        Files.writeString(
                data.resolve("pg_hba.conf"), "hostssl all all 127.0.0.1/32 scram-sha-256\n");
        postgres =
                PostgresServer.launch(
                        programs,
                        data,
                        postgresPort,
                        SECRET,
                        Map.of(
                                "ssl",
                                "on",
                                "ssl_cert_file",
                                "trusted.pem",
                                "ssl_key_file",
                                "server.key"),
                        log);
        await().atMost(LONG)
                .ignoreExceptionsInstanceOf(SkeinException.class)
                .until(() -> {
                    try (var session = client.open(address("postgres"), "test", Map.of())) {
                        for (var name : List.of("own_api", "own_audit", "tenant_own")) {
                            session.script("CREATE DATABASE " + name, LONG);
                        }
                        return true;
                    }
                });
    }

    private void startBroker() throws IOException {
        var data = Files.createDirectories(home.resolve("kafka"));
        var inside = TestServer.freePort();
        var controller = TestServer.freePort();
        var listeners = "PLAIN://127.0.0.1:%d,SECURE://127.0.0.1:%d".formatted(inside, kafkaPort);
        write(
                data.resolve("server.properties"),
                Map.of(
                        "controller.quorum.voters",
                        "1@127.0.0.1:" + controller,
                        "listeners",
                        listeners + ",CONTROLLER://127.0.0.1:" + controller,
                        "advertised.listeners",
                        listeners,
                        "listener.security.protocol.map",
                        "PLAIN:PLAINTEXT,CONTROLLER:PLAINTEXT,SECURE:SASL_SSL",
                        "sasl.enabled.mechanisms",
                        "SCRAM-SHA-512",
                        "listener.name.secure.scram-sha-512.sasl.jaas.config",
                        "org.apache.kafka.common.security.scram.ScramLoginModule required;",
                        "ssl.keystore.location",
                        home.resolve("server.p12").toString(),
                        "ssl.keystore.password",
                        STORE,
                        "ssl.key.password",
                        STORE,
                        "skein.scram",
                        "SCRAM-SHA-512=[name=skein,password=%s]".formatted(SECRET)));
        broker =
                BrokerProcess.start(
                        Path.of(System.getProperty("skein.root")).resolve("deploy/broker/target"),
                        data);
    }

    private static Path write(Path file, Map<String, String> settings) throws IOException {
        var properties = new Properties();
        properties.putAll(settings);
        try (var out = Files.newBufferedWriter(file)) {
            properties.store(out, null);
        }
        return file;
    }

    /** What deploy/README.md says that a service needs for such a Kafka. */
    private Properties kafka() {
        var settings = new Properties();
        settings.setProperty("kafka.bootstrap.servers", "127.0.0.1:" + kafkaPort);
        settings.setProperty("kafka.security.protocol", "SASL_SSL");
        settings.setProperty("kafka.sasl.mechanism", "SCRAM-SHA-512");
        settings.setProperty(
                "kafka.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required"
                        + " username=\"skein\" password=\"%s\";".formatted(SECRET));
        settings.setProperty("kafka.ssl.truststore.type", "PEM");
        settings.setProperty(
                "kafka.ssl.truststore.location", home.resolve("trusted.pem").toString());
        return settings;
    }

    /** And for such a PostgreSQL. */
    private void database(Properties settings, String prefix, String name) {
        settings.setProperty(
                prefix + ".database-url",
                "postgresql://postgres@127.0.0.1:%d/%s?sslmode=verify-full"
                        .formatted(postgresPort, name));
        settings.setProperty(prefix + ".database-password", SECRET);
        var pool = "quarkus.datasource.reactive.";
        settings.setProperty(pool + "trust-certificate-pem", "true");
        settings.setProperty(
                pool + "trust-certificate-pem.certs", home.resolve("trusted.pem").toString());
        settings.setProperty(pool + "hostname-verification-algorithm", "HTTPS");
    }

    private void service(String module, int port, Properties settings) throws IOException {
        var file = home.resolve(module + ".properties");
        try (var out = Files.newBufferedWriter(file)) {
            settings.store(out, null);
        }
        var jar =
                Path.of(System.getProperty("skein.root"))
                        .resolve(module + "/target/quarkus-app/quarkus-run.jar");
        var builder =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        jar.toString());
        builder.environment()
                .putAll(
                        Map.of(
                                "QUARKUS_CONFIG_LOCATIONS", file.toString(),
                                "QUARKUS_HTTP_PORT", String.valueOf(port),
                                "PGSSLROOTCERT", home.resolve("trusted.pem").toString()));
        processes.add(
                builder.directory(home.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(home.resolve(module + ".log").toFile())
                        .start());
        await(module + ", see " + home.resolve(module + ".log"))
                .atMost(LONG)
                .until(() -> isReady(port));
    }

    private static boolean isReady(int port) {
        try {
            var url = URI.create("http://127.0.0.1:" + port + "/q/health/ready").toURL();
            return ((HttpURLConnection) url.openConnection()).getResponseCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private void services() throws IOException {
        var api = kafka();
        database(api, "skein.api", "own_api");
        api.setProperty("skein.api.sites", "own");
        api.setProperty("skein.api.admin-password", SECRET);
        api.setProperty("skein.api.audit-url", "http://127.0.0.1:" + auditPort);
        service("api", apiPort, api);
        var audit = kafka();
        database(audit, "skein.audit", "own_audit");
        audit.setProperty("skein.audit.api-url", "http://127.0.0.1:" + apiPort);
        audit.setProperty("skein.audit.key", home.resolve("audit.key").toString());
        service("audit", auditPort, audit);
        var agent = kafka();
        agent.setProperty("skein.agent.id", "own-1");
        agent.setProperty("skein.agent.site", "own");
        agent.setProperty("skein.agent.cache", home.resolve("cache").toString());
        agent.setProperty("skein.agent.discover-every", "1s");
        var server = "skein.agent.servers.main.";
        agent.setProperty(server + "url", address("postgres").url());
        var secret = Files.writeString(home.resolve("password"), SECRET);
        agent.setProperty(server + "password", "file:" + secret);
        agent.setProperty(server + "databases", "tenant_*");
        service("agent", TestServer.freePort(), agent);
    }

    private static void skein(String... words) {
        assertThat(Skein.run(Output.plain(System.out, System.err), words))
                .as(String.join(" ", words))
                .isZero();
    }

    @Test
    void aRolloutGoesThroughAndIsRecorded() throws Exception {
        services();
        var password = Files.writeString(home.resolve("admin"), SECRET);
        var api = "http://127.0.0.1:" + apiPort;
        skein("login", api, "--name", "admin", "--password-file", password.toString());
        RunningStack.account(api, "second", SECRET, List.of("approver", "viewer"));
        skein(
                "login",
                api,
                "--profile",
                "second",
                "--name",
                "second",
                "--password-file",
                password.toString());
        await().atMost(LONG).until(() -> TestFleet.ask("targets").size() == 1);
        rollOut();
        try (var session = client.open(address("tenant_own"), "test", Map.of())) {
            assertThat(session.query("SELECT count(*) FROM own").iterator().next().getLong(0))
                    .isZero();
        }
        await().atMost(LONG)
                .until(() -> entries(TestFleet.ask("audit", "log", "--rollout", "own")) >= 5);
        var plain =
                DatabaseAddress.parse(
                                address("postgres").url().replaceFirst("\\?.*", "?sslmode=disable"))
                        .withPassword(SECRET);
        assertThatThrownBy(() -> client.open(plain, "test", Map.of()))
                .as("without TLS nobody is let in")
                .hasMessageContaining("encryption");
        var foreign = home.resolve("foreign.pem");
        certificate("foreign", foreign);
        var misled =
                DatabaseAddress.parse(
                                address("postgres")
                                        .url()
                                        .replace(
                                                home.resolve("trusted.pem").toString(),
                                                foreign.toString()))
                        .withPassword(SECRET);
        assertThatThrownBy(() -> client.open(misled, "test", Map.of()))
                .as("nor is a server believed that somebody else vouches for")
                .isInstanceOf(SkeinException.class);
    }

    private static int entries(JsonNode list) {
        return list.size();
    }

    private void rollOut() throws IOException {
        var folder = Files.createDirectories(home.resolve("revisions"));
        Files.writeString(
                folder.resolve("1.sql"),
                "--@ revision: own1\n--@ upgrade\nCREATE TABLE own (id int);\n--@ downgrade\n"
                        + "DROP TABLE own;");
        var digest = TestFleet.ask("push", folder.toString()).path("digest").asText();
        var file =
                Files.writeString(
                        home.resolve("own.yaml"),
                        "rollout: own\nbundle: %s\nbackup: none \"an empty database\"\nwaves:\n  - {name: all}\n"
                                .formatted(digest));
        skein("rollout", "create", file.toString());
        skein("rollout", "approve", "own", "--profile", "second");
        skein("rollout", "watch", "own", "--timeout", "60");
    }
}
