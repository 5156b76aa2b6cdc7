// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.discover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.journal.DatabaseIdentity;
import dev.skein.engine.testing.TestDatabase;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DatabaseSizesTest {
    @RegisterExtension final TestDatabase database = new TestDatabase();

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1); // it may begin anywhere
    private final DatabaseSizes sizes = new DatabaseSizes(nanos::get);

    private ServerDatabase place(DatabaseIdentity here) {
        return new ServerDatabase(
                "main",
                here.place(),
                here.databaseOid(),
                here.systemIdentifier(),
                15,
                0,
                database.address(),
                Map.of(),
                4,
                "eu/main");
    }

    @Test
    void aSizeIsAskedOnceInTenMinutes() {
        try (var session = database.open()) {
            var place = place(DatabaseIdentity.here(session, "eu/main"));
            assertThat(sizes.known(place).sizeBytes()).isZero();
            long first = sizes.at(session, place).sizeBytes();
            assertThat(first).isGreaterThan(1_000_000);
            assertThat(sizes.known(place).sizeBytes()).isEqualTo(first);
            database.run("CREATE TABLE t AS SELECT repeat('x', 500) FROM generate_series(1, 9999)");
            nanos.addAndGet(Duration.ofMinutes(10).toNanos());
            assertThat(sizes.at(session, place).sizeBytes()).isEqualTo(first);
            nanos.incrementAndGet();
            assertThat(sizes.at(session, place).sizeBytes()).isGreaterThan(first);
            sizes.forget(place);
            assertThat(sizes.known(place).sizeBytes()).isZero();
        }
    }
}
