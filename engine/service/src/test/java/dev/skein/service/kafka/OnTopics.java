// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.kafka;

import dev.skein.broker.BrokerProcess;
import dev.skein.engine.postgres.Db;
import dev.skein.engine.testing.Containers;
import dev.skein.engine.testing.TestDatabase;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A test with a broker, and a database that has the tables of a reader. */
abstract class OnTopics {
    private static final Path ROOT = Path.of(System.getProperty("skein.root"));

    @RegisterExtension final TestDatabase database = new TestDatabase();

    Db db;
    private final Vertx vertx = Vertx.vertx();
    private Pool pool;
    private static @Nullable BrokerProcess broker;
    static String bootstrap = "";

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
    void open() throws IOException {
        database.run(part("20261101000000_audit0001_log", "CREATE TABLE kafka_position"));
        database.run(upgrade("20261128010000_audit0007_letters"));
        database.run("CREATE TABLE got (part int, at bigint, PRIMARY KEY (part, at))");
        pool = pool(options());
        db = new Db("test", pool);
    }

    PgConnectOptions options() {
        return PgConnectOptions.fromUri(database.address().url())
                .setPassword(String.valueOf(database.address().password()));
    }

    Pool pool(PgConnectOptions options) {
        return PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(2))
                .connectingTo(options)
                .using(vertx)
                .build();
    }

    @AfterEach
    void close() {
        db.await(pool.close());
        db.await(vertx.close());
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
            admin.createTopics(List.of(new NewTopic(name, 3, (short) 1))).all().get();
        }
    }

    static void send(String topic, int records, byte[] value) throws Exception {
        var calm = new HashMap<>(settings());
        // A topic that has no leader yet may refuse the first of several, and then it is too late.
        calm.put("max.in.flight.requests.per.connection", 1);
        try (var producer =
                new KafkaProducer<>(calm, new StringSerializer(), new ByteArraySerializer())) {
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
