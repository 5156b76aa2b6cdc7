// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.intake;

import dev.skein.audit.config.AuditConfig;
import dev.skein.audit.drift.FleetCoverage;
import dev.skein.audit.log.TroubledHistories;
import dev.skein.engine.Json;
import dev.skein.engine.event.CloudEvent;
import dev.skein.engine.event.Request;
import dev.skein.engine.event.ResendRequest;
import dev.skein.engine.event.Topics;
import dev.skein.service.database.Db;
import dev.skein.service.kafka.TopicInspection;
import dev.skein.service.loop.ServiceLoop;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Asks agents and the control plane to send again what the log lacks, until it has it. */
@ApplicationScoped
public class ResendRequests {
    private static final Logger LOG = Logger.getLogger(ResendRequests.class);
    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final Map<String, Object> kafka;
    private final AuditConfig config;
    private final Db db;
    private final FleetCoverage fleet;
    private final TroubledHistories sources;
    private final Clock clock;
    private final ServiceLoop loop = new ServiceLoop("resend", this::round, () -> {});
    private @Nullable KafkaProducer<String, byte[]> producer;

    public ResendRequests(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            AuditConfig config,
            Db db,
            FleetCoverage fleet,
            TroubledHistories sources,
            Clock clock) {
        this.kafka = kafka;
        this.config = config;
        this.db = db;
        this.fleet = fleet;
        this.sources = sources;
        this.clock = clock;
    }

    /** The loop that asks, for as long as the service lives. */
    public ServiceLoop loop() {
        return loop;
    }

    private void round() throws InterruptedException {
        look();
        Thread.sleep(LOOK);
    }

    /** Asks for what is missing now. */
    void now() throws InterruptedException {
        look();
    }

    private void look() throws InterruptedException {
        var entries = db.call(tx -> fleet.missing(tx, config.resendAfter()));
        var decisions = db.call(tx -> sources.recalls(tx, config.resendAfter()));
        if (!entries.isEmpty() || !decisions.isEmpty()) {
            var there = there(entries);
            askForEntries(entries, there);
            askForDecisions(decisions, there);
        }
    }

    private void askForEntries(List<FleetCoverage.Missing> entries, Set<String> there)
            throws InterruptedException {
        for (var missing : entries) {
            LOG.warnf(
                    "entries of database=%s are missing from %d on", missing.uid(), missing.from());
            if (isThere(Topics.requests(missing.site()), there)) {
                ask(missing);
            }
        }
    }

    private void askForDecisions(List<ResendRequest> decisions, Set<String> there)
            throws InterruptedException {
        for (var missing : decisions) {
            LOG.warnf("decisions of %s are missing from %d on", missing.stream(), missing.from());
            if (isThere(Topics.RECALLS, there)) {
                ask(missing);
            }
        }
    }

    /** The topics that are there, of those to be written to; none where Kafka does not say it. */
    private Set<String> there(List<FleetCoverage.Missing> entries) throws InterruptedException {
        var topics = new HashSet<>(Set.of(Topics.RECALLS));
        entries.forEach(missing -> topics.add(Topics.requests(missing.site())));
        try {
            return TopicInspection.there(kafka, topics);
        } catch (ExecutionException e) {
            LOG.warnf("resend: the topics cannot be seen: %s", e.getCause());
            return Set.of();
        }
    }

    /** Writing to one that is not would make it, in the brokers' shape; it is asked again. */
    private static boolean isThere(String topic, Set<String> there) {
        if (!there.contains(topic)) {
            LOG.warnf("resend: topic %s is not there yet; the api makes it", topic);
            return false;
        }
        return true;
    }

    private void ask(FleetCoverage.Missing missing) throws InterruptedException {
        var now = clock.instant();
        var id = UUID.randomUUID().toString();
        var request =
                new Request(
                        id, missing.uid(), now.plus(LONGEST), new Request.Resend(missing.from()));
        send(
                new ProducerRecord<>(
                        Topics.requests(missing.site()), missing.uid(), Json.bytes(request)),
                CloudEvent.of(id, "agent.asked", "/audit", missing.uid(), now));
    }

    private void ask(ResendRequest missing) throws InterruptedException {
        var id = UUID.randomUUID().toString();
        send(
                new ProducerRecord<>(Topics.RECALLS, missing.stream(), Json.bytes(missing)),
                CloudEvent.of(
                        id, "decisions.recalled", "/audit", missing.stream(), clock.instant()));
    }

    private void send(ProducerRecord<String, byte[]> record, CloudEvent event)
            throws InterruptedException {
        event.headers()
                .forEach((name, text) ->
                        record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        try {
            producer().send(record).get();
        } catch (ExecutionException e) {
            // Asked again after a while, like everything that is not answered.
            LOG.warnf("resend %s %s: %s", record.topic(), record.key(), e.getCause());
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
