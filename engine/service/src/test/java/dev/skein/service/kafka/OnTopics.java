// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.kafka;

import dev.skein.broker.BrokerProcess;
import dev.skein.engine.testing.Containers;
import dev.skein.service.testing.MadeTopics;
import dev.skein.service.testing.OnDatabase;
import dev.skein.service.testing.TestProducer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A test with a broker, and a database that has the tables of a reader. */
abstract class OnTopics extends OnDatabase {
    private static final Path ROOT = Path.of(System.getProperty("skein.root"));

    private static @Nullable BrokerProcess broker;
    static String bootstrap = "";

    OnTopics() {
        super(2);
    }

    @BeforeAll
    static void kafka() throws IOException {
        if (Containers.areWanted()) {
            bootstrap = Containers.kafka();
            return;
        }
        var home = ROOT.resolve("deploy/broker/target");
        broker = BrokerProcess.start(home, Files.createTempDirectory("skein-broker"));
        bootstrap = broker.bootstrap();
    }

    @AfterAll
    static void end() {
        if (broker != null) {
            broker.close();
            broker = null;
        }
    }

    @BeforeEach
    void makeTables() throws IOException {
        database.run(part("20261101000000_audit0001_log", "CREATE TABLE kafka_position"));
        database.run(upgrade("20261128010000_audit0007_letters"));
        database.run("CREATE TABLE got (part int, at bigint, PRIMARY KEY (part, at))");
    }

    /** The way forward of a revision of the audit service. */
    private static String upgrade(String revision) throws IOException {
        var text =
                Files.readString(
                        ROOT.resolve("audit/src/main/resources/revisions/" + revision + ".sql"));
        return text.substring(text.indexOf("--@ upgrade"), text.indexOf("--@ downgrade"));
    }

    /** One statement of it. */
    private static String part(String revision, String begin) throws IOException {
        var text = upgrade(revision);
        var from = text.indexOf(begin);
        return text.substring(from, text.indexOf(';', from));
    }

    static Map<String, Object> settings() {
        return Map.of("bootstrap.servers", bootstrap);
    }

    /** A topic of three partitions with so many records. */
    static String topic(String name, int records) throws Exception {
        create(name);
        send(name, records, new byte[] {1});
        return name;
    }

    static void create(String name) throws Exception {
        try (var admin = Admin.create(settings())) {
            MadeTopics.make(admin, List.of(new NewTopic(name, 3, (short) 1)));
        }
    }

    static void send(String topic, int records, byte[] value) throws Exception {
        try (var producer = TestProducer.of(settings())) {
            var sent = new ArrayList<Future<?>>();
            for (int i = 0; i < records; i++) {
                sent.add(producer.send(new ProducerRecord<>(topic, "k" + i, value)));
            }
            for (var one : sent) {
                one.get();
            }
        }
    }
}
