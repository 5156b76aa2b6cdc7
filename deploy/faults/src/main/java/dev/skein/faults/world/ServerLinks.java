// SPDX-License-Identifier: Apache-2.0
package dev.skein.faults.world;

import dev.skein.faults.net.FaultyLink;
import dev.skein.standalone.stack.StackWiring;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A link between each program and each server that it uses. Kafka sends its clients to the address
 * that it advertises, so each program has a listener of its own there.
 */
final class ServerLinks implements StackWiring {
    private record Way(String program, String server) {}

    private final Map<Way, FaultyLink> links =
            new TreeMap<>(java.util.Comparator.comparing(Way::program).thenComparing(Way::server));
    private final Map<String, Integer> listeners = new TreeMap<>();
    private final SteadyPorts ports;
    private final Clocks clocks;

    ServerLinks(SteadyPorts ports, Clocks clocks) {
        this.ports = ports;
        this.clocks = clocks;
    }

    @Override
    public int port(String program, String server, int port) {
        return links.computeIfAbsent(
                        new Way(program, server),
                        way -> new FaultyLink(server.equals("kafka") ? listener(program) : port))
                .port();
    }

    private int listener(String program) {
        return listeners.computeIfAbsent(program, name -> ports.take());
    }

    @Override
    public Map<String, String> settings(String part) {
        if (part.startsWith("postgres")) {
            return Map.of("fsync", "off"); // processes are killed here, machines are not
        }
        var settings = new TreeMap<>(clocks.settings(part));
        settings.putAll(hurried(part));
        return settings;
    }

    private static Map<String, String> hurried(String part) {
        // What takes minutes in earnest is to be seen in a round of one minute.
        return part.startsWith("agent")
                ? Map.of("SKEIN_AGENT_PATIENCE", "10s", "SKEIN_AGENT_LOOK_EVERY", "2s")
                : Map.of(
                        "SKEIN_API_SILENCE", "20s",
                        "SKEIN_API_REPUBLISH_AFTER", "5s",
                        "SKEIN_AUDIT_RESEND_AFTER", "5s");
    }

    /** The link between a program and the server whose name begins so. */
    FaultyLink between(String program, String server) {
        return links.entrySet().stream()
                .filter(e -> e.getKey().program().equals(program))
                .filter(e -> e.getKey().server().startsWith(server))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
    }

    /** Tells the broker, before it starts, of the listeners. */
    void tellBroker(Path data, int port, int controller) {
        var listen = new ArrayList<>(List.of("PLAIN://127.0.0.1:" + port));
        var tell = new ArrayList<>(listen);
        var map = new ArrayList<>(List.of("PLAIN:PLAINTEXT"));
        listeners.forEach((program, own) -> {
            var name = program.replace("-", "").toUpperCase(Locale.ROOT);
            listen.add(name + "://127.0.0.1:" + own);
            tell.add(name + "://127.0.0.1:" + port(program, "kafka", own));
            map.add(name + ":PLAINTEXT");
        });
        listen.add("CONTROLLER://127.0.0.1:" + controller);
        map.add("CONTROLLER:PLAINTEXT");
        write(data, settings(listen, tell, map));
    }

    private static void write(Path data, String settings) {
        try {
            Files.createDirectories(data);
            Files.writeString(data.resolve("server.properties"), settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String settings(List<String> listen, List<String> tell, List<String> map) {
        return """
        listeners=%s
        advertised.listeners=%s
        listener.security.protocol.map=%s
        num.network.threads=1
        """
                .formatted(String.join(",", listen), String.join(",", tell), String.join(",", map));
    }

    void open() {
        links.values()
                .forEach(link -> {
                    link.loseNextCommit(false);
                    link.set(FaultyLink.Mode.OPEN);
                });
    }

    void close() {
        for (var link : links.values()) {
            try {
                link.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
