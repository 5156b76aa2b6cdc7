// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.kafka;

import dev.skein.agent.daemon.config.AgentConfig;
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
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * The topics that an agent of a site uses. It uses none before all are as they have to be: brokers
 * make what is written to, in a shape of their own.
 */
@ApplicationScoped
public class SiteTopics {
    private static final int BOUND_MS = 5_000;
    private static final Set<String> NOT_OURS = Set.of(Topics.DECISIONS, Topics.RECALLS);

    private final Map<String, Object> kafka;
    private final List<TopicShape> shapes;
    private boolean fine;
    private volatile boolean stamped = true;

    @Inject
    public SiteTopics(
            @Identifier("default-kafka-broker") Map<String, Object> kafka, AgentConfig config) {
        this(kafka, config.site());
    }

    SiteTopics(Map<String, Object> kafka, String site) {
        this.kafka = kafka;
        this.shapes = new ArrayList<>(TopicShape.of(site));
        TopicShape.common().stream()
                .filter(shape -> !NOT_OURS.contains(shape.name()))
                .forEach(shapes::add);
    }

    /**
     * Looks at them, until they were found well once.
     *
     * @throws SkeinException if one is not there or otherwise, or Kafka does not answer
     */
    public synchronized void require() {
        if (fine) {
            return;
        }
        try (var admin = Admin.create(settings())) {
            look(admin);
        } catch (ExecutionException e) {
            throw unseen(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SkeinException(ErrorCode.INTERRUPTED, "Kafka", "interrupted", "", e);
        }
        fine = true;
    }

    private Map<String, Object> settings() {
        var settings = new HashMap<>(kafka);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, BOUND_MS);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, BOUND_MS);
        return settings;
    }

    private SkeinException unseen(ExecutionException e) {
        return new SkeinException(
                ErrorCode.FAILED,
                "Kafka at " + kafka.get("bootstrap.servers"),
                "its topics cannot be seen (" + e.getCause() + ")",
                "Is it up, and is kafka.bootstrap.servers right?",
                e);
    }

    private void look(Admin admin) throws ExecutionException, InterruptedException {
        var found = TopicInspection.of(admin, shapes.stream().map(TopicShape::name).toList());
        for (var shape : shapes) {
            var one = found.get(shape.name());
            if (one == null) {
                throw SkeinException.failed(
                        "Topic " + shape.name(),
                        "it is not there",
                        "Start the api, which makes it; is the site in skein.api.sites?");
            }
            shape.require(one);
            stamped &= shape.keepsStamps(one);
        }
    }

    /** Whether brokers answer with their own time where they have to; the api tells where not. */
    boolean areStamped() {
        return stamped;
    }
}
