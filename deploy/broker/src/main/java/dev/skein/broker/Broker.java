// SPDX-License-Identifier: Apache-2.0
package dev.skein.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

/**
 * A single Kafka node, broker and controller in one (KRaft). Arguments: data folder, broker port,
 * controller port. It writes the file {@code ready} into the data folder once it serves, and ends
 * cleanly on SIGTERM, or when its standard input ends if the fourth argument is {@code child}. A
 * file {@code server.properties} in the data folder adds to its settings; what that names {@code
 * skein.scram} becomes a user when the folder is new.
 */
public final class Broker {
    private static final int NODE = 1;

    private Broker() {}

    public static void main(String[] args) throws Exception {
        var data = Path.of(args[0]);
        int port = Integer.parseInt(args[1]);
        int controller = Integer.parseInt(args[2]);
        var ready = data.resolve("ready");
        Files.deleteIfExists(ready);
        var more = more(data.resolve("server.properties"));
        format(data.resolve("log"), more.remove("skein.scram"));
        var settings = settings(data.resolve("log"), port, controller);
        settings.putAll(more);
        var server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
        server.startup();
        var ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, ready, ended)));
        Files.writeString(ready, "127.0.0.1:" + port);
        if (args.length > 3 && args[3].equals("child")) {
            Thread.ofPlatform().daemon().start(Broker::endWithParent);
        }
        ended.await();
    }

    private static Map<String, String> more(Path file) throws IOException {
        var properties = new Properties();
        if (Files.exists(file)) {
            try (var in = Files.newBufferedReader(file)) {
                properties.load(in);
            }
        }
        var more = new HashMap<String, String>();
        properties.forEach((name, value) -> more.put(name.toString(), value.toString()));
        return more;
    }

    private static void stop(KafkaRaftServer server, Path ready, CountDownLatch ended) {
        server.shutdown();
        server.awaitShutdown();
        try {
            Files.deleteIfExists(ready);
        } catch (IOException e) {
            System.err.println("cannot delete " + ready + ": " + e.getMessage());
        }
        ended.countDown();
    }

    /** A child whose parent was killed would otherwise stay for ever. */
    private static void endWithParent() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            System.err.println("standard input: " + e.getMessage());
        }
        System.exit(0);
    }

    private static void format(Path log, @Nullable String scram) throws Exception {
        if (Files.exists(log.resolve(MetaPropertiesEnsemble.META_PROPERTIES_NAME))) {
            return;
        }
        Files.createDirectories(log);
        new Formatter()
                .setNodeId(NODE)
                .setClusterId(Uuid.randomUuid().toString())
                .setControllerListenerName("CONTROLLER")
                .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                .setMetadataLogDirectory(log.toString())
                .addDirectory(log.toString())
                .setIgnoreFormatted(true)
                .setScramArguments(scram == null ? List.of() : List.of(scram))
                .run();
    }

    private static Map<String, String> settings(Path log, int port, int controller) {
        var s = new HashMap<String, String>();
        s.put("process.roles", "broker,controller");
        s.put("node.id", String.valueOf(NODE));
        s.put("controller.quorum.voters", NODE + "@127.0.0.1:" + controller);
        s.put("controller.listener.names", "CONTROLLER");
        s.put("listener.security.protocol.map", "PLAIN:PLAINTEXT,CONTROLLER:PLAINTEXT");
        s.put("inter.broker.listener.name", "PLAIN");
        s.put(
                "listeners",
                "PLAIN://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(port, controller));
        s.put("advertised.listeners", "PLAIN://127.0.0.1:" + port);
        s.put("log.dirs", log.toString());
        s.put("auto.create.topics.enable", "false");
        // One node: nothing to replicate to, and a restart must not wait for a session to expire.
        s.put("broker.session.timeout.ms", "1500");
        s.put("broker.heartbeat.interval.ms", "500");
        s.put("group.initial.rebalance.delay.ms", "0");
        s.put("offsets.topic.replication.factor", "1");
        s.put("offsets.topic.num.partitions", "4");
        s.put("transaction.state.log.replication.factor", "1");
        s.put("transaction.state.log.min.isr", "1");
        s.put("transaction.state.log.num.partitions", "4");
        s.put("share.coordinator.state.topic.replication.factor", "1");
        s.put("share.coordinator.state.topic.min.isr", "1");
        s.put("num.network.threads", "2");
        s.put("num.io.threads", "4");
        s.put("log.cleaner.dedupe.buffer.size", String.valueOf(16 * 1024 * 1024));
        s.put("message.max.bytes", String.valueOf(2 * 1024 * 1024));
        return s;
    }
}
