// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.relay;

import dev.skein.engine.event.TopicShape;
import dev.skein.service.kafka.TopicInspection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.jboss.logging.Logger;

/** Lets brokers remove in time what was replaced, in topics that were made without that. */
final class TopicSweeping {
    private static final Logger LOG = Logger.getLogger(TopicSweeping.class);

    /** A tenth of a second apart. */
    private static final int LOOKS = 50;

    private TopicSweeping() {}

    /** Sets it, where we may; else {@link TopicWatch} tells of it until somebody does. */
    static void mend(Admin admin, TopicShape shape, TopicShape.Found found)
            throws InterruptedException {
        var unswept = shape.unswept(found);
        if (unswept.isEmpty()) {
            return;
        }
        try {
            set(admin, shape.name(), unswept);
            awaitSeen(admin, shape);
            LOG.infof("topic %s: set %s", shape.name(), unswept);
        } catch (ExecutionException e) {
            LOG.warnf("topic %s: %s cannot be set (%s)", shape.name(), unswept, e.getCause());
        }
    }

    /** Brokers hear of it a little later; whoever looks before would tell what is right by then. */
    private static void awaitSeen(Admin admin, TopicShape shape)
            throws ExecutionException, InterruptedException {
        for (int look = 0; look < LOOKS; look++) {
            var found = TopicInspection.of(admin, List.of(shape.name())).get(shape.name());
            if (found != null && shape.unswept(found).isEmpty()) {
                return;
            }
            Thread.sleep(100);
        }
    }

    private static void set(Admin admin, String name, Map<String, String> settings)
            throws ExecutionException, InterruptedException {
        var topic = new ConfigResource(ConfigResource.Type.TOPIC, name);
        var changes =
                settings.entrySet().stream()
                        .map(s -> new ConfigEntry(s.getKey(), s.getValue()))
                        .map(entry -> new AlterConfigOp(entry, AlterConfigOp.OpType.SET))
                        .toList();
        admin.incrementalAlterConfigs(Map.of(topic, changes)).all().get();
    }
}
