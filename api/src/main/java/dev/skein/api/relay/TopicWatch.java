// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.relay;

import dev.skein.api.config.ApiConfig;
import dev.skein.engine.SkeinException;
import dev.skein.engine.event.TopicShape;
import dev.skein.service.kafka.TopicInspection;
import dev.skein.service.loop.ServiceLoop;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.jboss.logging.Logger;

/**
 * Looks at the topics again and again, and tells what works but is not as it should be: a topic
 * that was made while brokers were down has too few copies once they are back.
 */
@ApplicationScoped
public class TopicWatch {
    private static final Logger LOG = Logger.getLogger(TopicWatch.class);
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private final Map<String, Object> kafka;
    private final List<TopicShape> shapes;
    private final Optional<Integer> wanted;
    private volatile List<String> amiss = List.of();

    @Inject
    public TopicWatch(
            @Identifier("default-kafka-broker") Map<String, Object> kafka, ApiConfig config) {
        this(kafka, config.sites(), config.topicReplicas());
    }

    /**
     * @param wanted how many brokers keep each topic; empty for as many as is good
     */
    TopicWatch(Map<String, Object> kafka, List<String> sites, Optional<Integer> wanted) {
        this.kafka = kafka;
        this.shapes = TopicSetup.shapes(sites);
        this.wanted = wanted;
    }

    /** The loop that looks, for as long as the service lives. */
    public ServiceLoop loop() {
        return new ServiceLoop("topics", this::round, () -> {});
    }

    /** What is not as it should be, and what to do, as of the last look. */
    public List<String> amiss() {
        return amiss;
    }

    private void round() throws InterruptedException {
        try {
            look();
        } catch (ExecutionException e) {
            LOG.debugf("topics: %s", e.getCause()); // whoever needs Kafka says that it is away
        }
        Thread.sleep(PAUSE);
    }

    /** Looks now; what is new is told. */
    void look() throws ExecutionException, InterruptedException {
        var settings = new HashMap<>(kafka);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 20_000);
        try (var admin = Admin.create(settings)) {
            int brokers = admin.describeCluster().nodes().get().size();
            var names = shapes.stream().map(TopicShape::name).toList();
            tell(amiss(TopicInspection.of(admin, names), brokers));
        }
    }

    /** The same of what was found. */
    List<String> amiss(Map<String, TopicShape.Found> found, int brokers) {
        var copies = wanted.orElse(TopicSetup.least(brokers));
        var words = new ArrayList<String>();
        for (var shape : shapes) {
            var one = found.get(shape.name());
            if (one != null) {
                require(() -> shape.requireCopies(one, copies), words);
                require(() -> shape.requireStamps(one), words);
                require(() -> shape.requireSweeping(one), words);
            }
        }
        return words;
    }

    private static void require(Runnable look, List<String> words) {
        try {
            look.run();
        } catch (SkeinException e) {
            words.add(e.getMessage());
        }
    }

    private void tell(List<String> now) {
        var before = amiss;
        now.stream().filter(words -> !before.contains(words)).forEach(LOG::error);
        if (now.isEmpty() && !before.isEmpty()) {
            LOG.info("the topics are as they should be again");
        }
        amiss = List.copyOf(now);
    }
}
