// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.intake;

import dev.skein.audit.config.AuditConfig;
import dev.skein.audit.drift.Fleet;
import dev.skein.engine.Json;
import dev.skein.engine.Loop;
import dev.skein.engine.event.CloudEvent;
import dev.skein.engine.event.Request;
import dev.skein.engine.event.Topics;
import dev.skein.engine.postgres.Db;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Asks agents to send again what the log lacks, until it has it. */
@ApplicationScoped
public class Resend {
    private static final Logger LOG = Logger.getLogger(Resend.class);
    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final Map<String, Object> kafka;
    private final AuditConfig config;
    private final Db db;
    private final Fleet fleet;
    private final Clock clock;
    private final Loop loop = new Loop("resend", this::round, () -> {});
    private @Nullable KafkaProducer<String, byte[]> producer;

    public Resend(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            AuditConfig config,
            Db db,
            Fleet fleet,
            Clock clock) {
        this.kafka = kafka;
        this.config = config;
        this.db = db;
        this.fleet = fleet;
        this.clock = clock;
    }

    /** The loop that asks, for as long as the service lives. */
    public Loop loop() {
        return loop;
    }

    private void round() throws InterruptedException {
        for (var missing : db.call(tx -> fleet.missing(tx, config.resendAfter()))) {
            LOG.warnf(
                    "entries of database=%s are missing from %d on", missing.uid(), missing.from());
            ask(missing);
        }
        Thread.sleep(LOOK);
    }

    private void ask(Fleet.Missing missing) throws InterruptedException {
        var now = clock.instant();
        var id = UUID.randomUUID().toString();
        var request =
                new Request(
                        id, missing.uid(), now.plus(LONGEST), new Request.Resend(missing.from()));
        var record =
                new ProducerRecord<>(
                        Topics.requests(missing.site()), missing.uid(), Json.bytes(request));
        CloudEvent.of(id, "agent.asked", "/audit", missing.uid(), now)
                .headers()
                .forEach((name, text) ->
                        record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        try {
            producer().send(record).get();
        } catch (ExecutionException e) {
            // Asked again after a while, like everything that is not answered.
            LOG.warnf("resend database=%s: %s", missing.uid(), e.getCause());
        }
    }

    private KafkaProducer<String, byte[]> producer() {
        var known = producer;
        if (known == null) {
            var settings = new HashMap<>(kafka);
            settings.put(ProducerConfig.ACKS_CONFIG, "all");
            settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
            settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 20_000);
            settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
            known =
                    new KafkaProducer<>(
                            settings, new StringSerializer(), new ByteArraySerializer());
            producer = known;
        }
        return known;
    }

    /** Lets go of the producer; the service ends. */
    public void close() {
        if (producer != null) {
            producer.close(CLOSE);
        }
    }
}
