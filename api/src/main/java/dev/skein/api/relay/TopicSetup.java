// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.relay;

import dev.skein.api.config.ApiConfig;
import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import dev.skein.engine.event.TopicShape;
import dev.skein.engine.event.Topics;
import dev.skein.service.kafka.TopicInspection;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jboss.logging.Logger;

/** Makes the topics at start-up, where they are not there, and refuses those of another shape. */
@ApplicationScoped
public class TopicSetup {
    private static final Logger LOG = Logger.getLogger(TopicSetup.class);
    private static final int ENOUGH = 3;

    /** A tenth of a second apart: a busy broker hears of hundreds of partitions one by one. */
    private static final int LOOKS = 300;

    private final Map<String, Object> kafka;
    private final List<String> sites;
    private final Optional<Integer> wanted;

    @Inject
    public TopicSetup(
            @Identifier("default-kafka-broker") Map<String, Object> kafka, ApiConfig config) {
        this(kafka, config.sites(), config.topicReplicas());
    }

    /**
     * @param wanted how many brokers keep each topic; empty for as many as is good
     */
    TopicSetup(Map<String, Object> kafka, List<String> sites, Optional<Integer> wanted) {
        this.kafka = kafka;
        this.sites = sites;
        this.wanted = wanted;
    }

    /**
     * Makes the topics and looks at them.
     *
     * @throws SkeinException if Kafka cannot be reached, or a topic is otherwise than it must be
     */
    public void run() {
        var settings = new HashMap<>(kafka);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 20_000);
        try (var admin = Admin.create(settings)) {
            var shapes = shapes();
            make(admin, shapes, admin.describeCluster().nodes().get().size());
            require(admin, shapes);
        } catch (ExecutionException e) {
            throw unusable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SkeinException(ErrorCode.INTERRUPTED, "Kafka", "interrupted", "", e);
        }
    }

    private void require(Admin admin, List<TopicShape> shapes)
            throws ExecutionException, InterruptedException {
        var found = found(admin, shapes.stream().map(TopicShape::name).toList());
        for (var shape : shapes) {
            var one = found.get(shape.name());
            if (one == null) {
                throw SkeinException.failed(
                        "Topic " + shape.name(),
                        "it was made, and the brokers do not know it",
                        "Start again when the brokers are well");
            }
            shape.require(one);
            wanted.ifPresent(copies -> shape.requireCopies(one, copies));
            TopicSweeping.mend(admin, shape, one);
        }
    }

    private SkeinException unusable(ExecutionException e) {
        return new SkeinException(
                ErrorCode.FAILED,
                "Kafka at " + kafka.get("bootstrap.servers"),
                "it cannot be used (" + e.getCause() + ")",
                "Is it up, and is kafka.bootstrap.servers right?",
                e);
    }

    private List<TopicShape> shapes() {
        return shapes(sites);
    }

    /** All that must be there. */
    static List<TopicShape> shapes(List<String> sites) {
        var shapes = new ArrayList<>(TopicShape.common());
        sites.forEach(site -> shapes.addAll(TopicShape.of(site)));
        return shapes;
    }

    /** Losing one of three brokers stops nothing; where there are fewer, it is their own choice. */
    static int least(int brokers) {
        return brokers >= ENOUGH ? ENOUGH : 1;
    }

    private void make(Admin admin, List<TopicShape> shapes, int brokers)
            throws ExecutionException, InterruptedException {
        int copies = wanted.orElse(brokers >= ENOUGH ? ENOUGH : -1);
        int made = 0;
        for (var result : admin.createTopics(topics(shapes, copies)).values().values()) {
            made += isMade(result) ? 1 : 0;
        }
        if (made > 0 && copies < 0) {
            LOG.warnf(
                    "%d topics were made with as many copies as the %d brokers that answer now make"
                            + " by themselves; should others only be down, it is told when they are"
                            + " back which topics need more",
                    made, brokers);
        }
    }

    private static List<NewTopic> topics(List<TopicShape> shapes, int copies) {
        return shapes.stream()
                .map(shape ->
                        new NewTopic(shape.name(), Topics.PARTITIONS, (short) copies)
                                .configs(shape.settings(copies)))
                .toList();
    }

    private static boolean isMade(KafkaFuture<Void> result)
            throws ExecutionException, InterruptedException {
        try {
            result.get();
            return true;
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
            return false;
        }
    }

    /** As they are; brokers may hear of those that were just made a little later. */
    private static Map<String, TopicShape.Found> found(Admin admin, List<String> names)
            throws ExecutionException, InterruptedException {
        var found = TopicInspection.of(admin, names);
        for (int look = 1; look < LOOKS && found.size() < names.size(); look++) {
            Thread.sleep(100);
            found = TopicInspection.of(admin, names);
        }
        return found;
    }
}
