// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.intake;

import dev.skein.service.database.Db;
import dev.skein.service.kafka.DeadLetterDesk;
import dev.skein.service.kafka.TopicNotices;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the desk where dead letters are looked at. */
@ApplicationScoped
public class AuditDeadLetters {
    @Produces
    @Singleton
    DeadLetterDesk desk(Db db, LogIntake log, FleetIntake fleet, MeterRegistry registry) {
        var desk =
                new DeadLetterDesk(
                        db,
                        batch ->
                                (FleetIntake.TOPICS.contains(batch.getFirst().topic())
                                                ? fleet.handler()
                                                : log.handler())
                                        .read(batch));
        Gauge.builder("skein.audit.dead.letters", desk, DeadLetterDesk::waiting)
                .description("records that could not be taken and wait for somebody")
                .register(registry);
        Gauge.builder("skein.audit.topic.notices", db, d -> d.call(TopicNotices::count))
                .description("topics to which something happened that nobody has taken note of")
                .register(registry);
        return desk;
    }
}
