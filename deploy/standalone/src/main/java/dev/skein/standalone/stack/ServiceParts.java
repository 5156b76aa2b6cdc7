// SPDX-License-Identifier: Apache-2.0
package dev.skein.standalone.stack;

import dev.skein.broker.BrokerProcess;
import dev.skein.engine.SkeinException;
import dev.skein.engine.server.PostgresPrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;

/** The Java programs of a stack, each with its settings. */
final class ServiceParts {
    private final StackHome home;
    private final StackPorts ports;
    private final StackSecrets secrets;
    private final StackWiring wiring;
    private final ServiceArchives archives;
    private final List<Path> kept = new ArrayList<>();

    ServiceParts(
            StackHome home,
            StackPorts ports,
            StackSecrets secrets,
            StackWiring wiring,
            ServiceArchives archives) {
        this.home = home;
        this.ports = ports;
        this.secrets = secrets;
        this.wiring = wiring;
        this.archives = archives;
    }

    /** Files with settings that somebody changed: they are as they were. */
    List<Path> kept() {
        return List.copyOf(kept);
    }

    JavaPart broker() {
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

    /** An api whose port is chosen. */
    JavaPart api(String name) {
        var environment = environment(name);
        environment.put("SKEIN_API_DATABASE_URL", control(name, "skein_api"));
        environment.put("SKEIN_API_DATABASE_PASSWORD", secrets.get("postgres-control"));
        environment.put("SKEIN_API_ADMIN_PASSWORD", secrets.get("admin"));
        environment.put("SKEIN_API_AUDIT_URL", ports.url("audit"));
        environment.put("SKEIN_API_SITES", String.join(",", LocalStack.SITES));
        return service("api", name, environment);
    }

    /** An audit service whose port is chosen. */
    JavaPart audit(String name) {
        var environment = environment(name);
        environment.put("SKEIN_AUDIT_DATABASE_URL", control(name, "skein_audit"));
        environment.put("SKEIN_AUDIT_DATABASE_PASSWORD", secrets.get("postgres-control"));
        environment.put("SKEIN_AUDIT_API_URL", ports.url("api"));
        environment.put("SKEIN_AUDIT_KEY", home.data().resolve("secret/audit.key").toString());
        return service("audit", name, environment);
    }

    JavaPart agent(String site, int number, PostgresPrograms postgres) {
        var id = site + "-" + number;
        var name = "agent-" + id;
        ports.choose(name);
        var environment = environment(name);
        environment.put("QUARKUS_CONFIG_LOCATIONS", agentSettings(site, id).toString());
        environment.put("SKEIN_POSTGRES_BIN", postgres.bin().toString());
        return service("agent", name, environment);
    }

    private JavaPart service(String module, String name, Map<String, String> environment) {
        environment.putAll(wiring.settings(name));
        var command = archives.command(module, name);
        return new JavaPart(
                home, name, command, environment, new HealthQuestion(ports.known(name)));
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

    private Map<String, String> environment(String program) {
        var environment = new LinkedHashMap<String, String>();
        environment.put("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + way(program, "kafka"));
        environment.put("QUARKUS_HTTP_PORT", String.valueOf(ports.known(program)));
        return environment;
    }

    private String control(String program, String database) {
        int port = way(program, "postgres-control");
        return "postgresql://postgres@127.0.0.1:" + port + "/" + database;
    }

    private int way(String program, String server) {
        return wiring.port(program, server, ports.known(server));
    }
}
