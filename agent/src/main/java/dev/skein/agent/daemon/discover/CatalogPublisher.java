// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.discover;

import dev.skein.agent.daemon.config.AgentConfig;
import dev.skein.agent.daemon.kafka.AgentKafka;
import dev.skein.engine.event.CatalogRecord;
import dev.skein.engine.event.CloudEvent;
import dev.skein.engine.event.Topics;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** Passes catalogs on that were not seen before: whoever compares needs both sides. */
@ApplicationScoped
public class CatalogPublisher {
    private final AgentKafka wire;
    private final AgentConfig config;
    private final Clock clock;

    public CatalogPublisher(AgentKafka wire, AgentConfig config, Clock clock) {
        this.wire = wire;
        this.config = config;
        this.clock = clock;
    }

    void tell(String fingerprint, byte[] catalog, Runnable onFailure) {
        var source = "/agents/" + config.id();
        var event =
                CloudEvent.of(fingerprint, "catalog.seen", source, fingerprint, clock.instant());
        var record = new CatalogRecord(fingerprint, catalog);
        wire.tell(Topics.CATALOGS, fingerprint, record, event, onFailure);
    }
}
