// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.discover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.Resources;
import dev.skein.engine.journal.JournalSql;
import dev.skein.engine.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LookTest {
    @RegisterExtension final TestDatabase database = new TestDatabase();
    private final Scans scans =
            new Scans((print, catalog, failed) -> {}, new SimpleMeterRegistry());

    @BeforeEach
    void tables() {
        database.run("CREATE TABLE t (id int); CREATE VIEW v AS SELECT id FROM t");
    }

    private Place place() {
        return new Place(
                "main",
                database.address().database(),
                Long.parseLong(
                        database.value(
                                "SELECT oid::bigint FROM pg_database"
                                        + " WHERE datname = current_database()")),
                "7",
                15,
                1,
                database.address(),
                Map.of(),
                4,
                "eu/main");
    }

    @Test
    void aLookBehindALockedTableEndsSoonAndIsNoProblemOfTheDatabase() {
        try (var migration = database.open()) {
            migration.script("BEGIN; LOCK TABLE t IN ACCESS EXCLUSIVE MODE", Duration.ofSeconds(5));
            long began = System.nanoTime();
            var look = Look.at(database.client(), place(), scans);
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isLessThan(Duration.ofSeconds(20));
            assertThat(look.problem()).isNull();
            assertThat(look.observed()).isNull();
            assertThat(look.fingerprint()).isNull();
            migration.script("ROLLBACK", Duration.ofSeconds(5));
        }
        assertThat(Look.at(database.client(), place(), scans).fingerprint()).isNotNull();
    }

    @Test
    void aCopyOfTheSchemaAloneIsToldAsThatAndIsNobodysTwin() {
        var before = Look.at(database.client(), place(), scans);
        database.run(Resources.text(JournalSql.class, "journal.sql"));
        var look = Look.at(database.client(), place(), scans);
        assertThat(look.problem()).contains("a copy of the schema alone");
        assertThat(look.uid()).isNotEqualTo(before.uid()).isEqualTo(look.placeUid());
    }
}
