// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skein.engine.execute.Migrator;
import dev.skein.engine.execute.order.Brake;
import dev.skein.engine.execute.order.Goal;
import dev.skein.engine.execute.order.MigrationOrder;
import dev.skein.engine.execute.order.Outcome;
import dev.skein.engine.execute.order.Progress;
import dev.skein.engine.execute.order.Safeguard;
import dev.skein.engine.testing.MigrationSetting;
import dev.skein.engine.testing.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

class TenantLockTest {
    @RegisterExtension final TestDatabase database = new TestDatabase();

    /** A holder that stands still, as a stopped process does. */
    private TenantSession holder(MigrationSetting setting, Long generation) {
        var order = setting.order(new Goal.Upgrade("heads"), generation);
        var contact =
                TenantSession.open(database.client(), order, Clock.systemUTC(), Progress.NONE);
        contact.fence();
        return contact;
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void aHolderOfALowerGenerationIsEnded() {
        var setting = new MigrationSetting(database).table("a");
        try (var stale = holder(setting, 4L)) {
            assertThat(setting.run(new Goal.Upgrade("heads"), 5L)).isInstanceOf(Outcome.Done.class);
            assertThat(stale.session().processId()).isPositive();
        }
        assertThat(setting.kinds()).containsExactly("initialized", "applied", "observed");
    }

    /** Sessions belong to logins: what a login is by default may not end them. */
    @Test
    void aHolderWhoseLoginIsAnotherRoleIsEndedToo() {
        var role = "login_" + database.address().database();
        var owner = role + "_owns";
        database.run(
                "CREATE ROLE %1$s LOGIN PASSWORD 'x'; CREATE ROLE %2$s; GRANT %2$s TO %1$s; GRANT CREATE ON DATABASE %3$s TO %2$s; ALTER ROLE %1$s SET role = %2$s"
                        .formatted(role, owner, database.address().database()));
        database.whenDropped("DROP ROLE " + role + ", " + owner);
        var superuser = database.address();
        database.as(role, "x");
        var setting = new MigrationSetting(database).revision("a", "--@ upgrade\nSELECT 1;");
        try (var stale = holder(setting, 4L)) {
            assertThat(setting.run(new Goal.Upgrade("heads"), 5L)).isInstanceOf(Outcome.Done.class);
            assertThat(stale.session().processId()).isPositive();
        } finally {
            database.as(superuser);
        }
    }

    /** It says something before a session that says nothing is ended. */
    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void aSafeguardThatTakesLongKeepsTheLock() {
        var setting = new MigrationSetting(database).table("a");
        var idle = Duration.ofSeconds(30);
        Safeguard slow =
                (state, history, stop) -> {
                    var holder = holder();
                    var silentSince = silentSince(holder);
                    await().atMost(idle.minusSeconds(5))
                            .until(() -> !silentSince(holder).equals(silentSince));
                    assertThat(holder()).isNotEmpty().isEqualTo(holder);
                    return Optional.empty();
                };
        var order = setting.order(new Goal.Upgrade("heads"), 4L);
        assertThat(SessionSettings.of(order)).containsEntry("idle_session_timeout", "30s");
        var outcome =
                new Migrator(database.client(), Clock.systemUTC())
                        .run(order, Brake.OFF, Progress.NONE, slow);
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
    }

    private String silentSince(String pid) {
        return database.value("SELECT state_change FROM pg_stat_activity WHERE pid = " + pid);
    }

    private String holder() {
        return database.value(
                "SELECT coalesce(string_agg(pid::text, ','), '') FROM pg_locks WHERE locktype ="
                        + " 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname ="
                        + " current_database())");
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void aPersonsRunAndAHigherGenerationAreOnlyWaitedFor() {
        var setting = new MigrationSetting(database).table("a");
        for (var generation : new Long[] {null, 7L}) {
            try (var holder = holder(setting, generation)) {
                var order = setting.order(new Goal.Upgrade("heads"), 6L);
                var hurried =
                        new MigrationOrder(
                                order.address(),
                                order.scope(),
                                order.scripts(),
                                order.goal(),
                                order.author(),
                                order.limits().withLockWait(Duration.ofSeconds(4)));
                var outcome = setting.run(hurried, Brake.OFF);
                assertThat(outcome).isInstanceOf(Outcome.Occupied.class);
                assertThat(((Outcome.Occupied) outcome).reason().found())
                        .contains("another run holds it: process " + holder.session().processId());
                holder.release();
            }
        }
    }
}
