// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.nontransactional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skein.engine.testing.TestDatabase;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class IndexLookupTest {
    private static final Duration BOUND = Duration.ofMinutes(2);

    @RegisterExtension final TestDatabase database = new TestDatabase();

    /** By another login, or by the same one that is another role by default. */
    @Test
    void whatAnotherRolesSessionBuildsIsSeenToBeBuilt() {
        var role = "looks_" + database.address().database();
        database.run("CREATE ROLE " + role + " LOGIN PASSWORD 'x'");
        database.whenDropped("DROP ROLE " + role);
        database.run("CREATE TABLE t (id int); CREATE TABLE u (id int); CREATE INDEX j ON u (id)");
        var superuser = database.address();
        try (var blocker = database.open();
                var builder = database.open()) {
            blocker.script("BEGIN; INSERT INTO t VALUES (1)", BOUND);
            var build = builder.send("CREATE INDEX CONCURRENTLY i ON t (id)");
            await().atMost(BOUND)
                    .until(() ->
                            database.value(
                                            "SELECT count(*) FROM pg_stat_progress_create_index"
                                                    + " WHERE index_relid = to_regclass('i')")
                                    .equals("1"));
            database.as(role, "x");
            try (var looking = database.open()) {
                assertThat(IndexLookup.named(looking, "i"))
                        .hasValueSatisfying(index -> assertThat(index.running()).isTrue());
                assertThat(IndexLookup.named(looking, "j"))
                        .hasValueSatisfying(index -> assertThat(index.running()).isFalse());
                blocker.script("COMMIT", BOUND);
                builder.await(build, BOUND);
                assertThat(IndexLookup.named(looking, "i"))
                        .hasValueSatisfying(index -> assertThat(index.running()).isFalse());
            }
        } finally {
            database.as(superuser);
        }
    }
}
