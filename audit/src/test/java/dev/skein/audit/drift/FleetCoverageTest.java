// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.audit.testing.OnAuditDatabase;
import dev.skein.engine.event.DatabaseReport;
import dev.skein.engine.event.DatabaseReport.Answer;
import dev.skein.engine.event.DatabaseReport.Kind;
import dev.skein.service.kafka.RecordTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class FleetCoverageTest extends OnAuditDatabase {
    private final FleetCoverage fleet = new FleetCoverage();

    private List<FleetCoverage.Missing> missing() {
        return db.call(tx -> fleet.missing(tx, Duration.ZERO));
    }

    @Test
    void everyDatabaseIsAskedForBeforeAnyIsAskedForAgain() {
        database.run(
                "INSERT INTO fleet(uid, site, server, name, incarnation, seq, ahead_since) SELECT"
                        + " lpad(n::text, 32, '0'), 'eu', 's', 'd', 'i', 5, now() - interval '1 h'"
                        + " FROM generate_series(1, 250) n");
        var asked = new HashSet<String>();
        for (int round = 0; round < 3; round++) {
            missing().forEach(m -> asked.add(m.uid()));
        }
        assertThat(asked).hasSize(250);
    }

    @Test
    void whoAnswersThatItIsNotThereLeavesItsName() {
        database.run(
                "INSERT INTO fleet(uid, site, server, name, seq) VALUES ('"
                        + "e".repeat(32)
                        + "', 'eu', 'main', 'shop', 5)");
        var answer = new Answer(1, Kind.REFUSED, "it is not here");
        var absent = DatabaseReport.absent("e".repeat(32), "eu", "eu-1", answer, Instant.now());
        db.run(tx ->
                fleet.put(
                        tx,
                        List.of(new Sighting(absent, new RecordTime(absent.at(), true), null))));
        assertThat(database.value("SELECT concat_ws(' ', server, name, problem) FROM fleet"))
                .isEqualTo("main shop it is not at site eu");
    }

    @Test
    void aGapIsAskedForFromWhereItBeginsAndAForkIsNot() {
        database.run(
                "INSERT INTO fleet(uid, site, server, name, incarnation, seq) VALUES ('u', 'eu',"
                        + " 's', 'd', 'i', 5), ('v', 'eu', 's', 'd', 'i', 5), ('w', 'eu', 's', 'd',"
                        + " 'i', 5); INSERT INTO source(id, next_seq, last_hash, state) VALUES"
                        + " ('db/u/i', 3, '', 'gap'), ('db/v/i', 3, '', 'fork'), ('db/w/old', 3,"
                        + " '', 'gap')");
        assertThat(missing()).containsExactly(new FleetCoverage.Missing("u", "eu", 3));
    }
}
