// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.projection;

import dev.skein.service.database.Db;
import dev.skein.service.kafka.DeadLetterDesk;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the desk where dead letters are looked at. */
@ApplicationScoped
public class ApiDeadLetters {
    @Produces
    @Singleton
    DeadLetterDesk desk(Db db, ReportIngest ingest) {
        return new DeadLetterDesk(db, ingest);
    }
}
