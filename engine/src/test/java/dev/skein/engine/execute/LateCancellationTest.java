// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.execute.order.Brake;
import dev.skein.engine.execute.order.Goal;
import dev.skein.engine.execute.order.Outcome;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.testing.CutProxy;
import dev.skein.engine.testing.MigrationSetting;
import dev.skein.engine.testing.TestDatabase;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A cancellation that comes late hits what is asked behind the statement that it was meant for. */
class LateCancellationTest {
    /** Only the question after settings has it. */
    private static final String LEFT = "setting IS DISTINCT FROM reset_val";

    /** Sent before each statement that may wait. */
    private static final String BETWEEN = "SET lock_timeout = 0";

    @RegisterExtension final TestDatabase database = new TestDatabase();

    private Outcome cancelled(MigrationSetting setting, String words) throws IOException {
        var direct = database.address();
        var port = direct.server().replaceAll(".*:", "");
        try (var proxy = CutProxy.cancelling(Integer.parseInt(port), words)) {
            var url = direct.url().replace(":" + port + "/", ":" + proxy.port() + "/");
            var address = new DatabaseAddress(url, direct.password());
            var order = setting.order(address, new Goal.Upgrade("heads"), null);
            var outcome = setting.run(order, Brake.OFF);
            assertThat(proxy.hasCut()).isTrue();
            return outcome;
        }
    }

    @Test
    void whatIsCommittedIsNotTakenForFailed() throws IOException {
        var setting =
                new MigrationSetting(database)
                        .revision("a", "--@ upgrade\nCREATE TABLE a AS SELECT 1 AS n;")
                        .table("b");
        assertThat(cancelled(setting, LEFT)).isInstanceOf(Outcome.Done.class);
        assertThat(setting.kinds())
                .containsExactly("initialized", "applied", "applied", "observed");
    }

    /** It is the revision's failure, and the next run goes on from what the catalog shows. */
    @Test
    void betweenStatementsThatRunAloneItIsTheRevisions() throws IOException {
        var setting =
                new MigrationSetting(database)
                        .table("t")
                        .revision(
                                "b",
                                "--@ transaction: none\n--@ upgrade\nCREATE INDEX CONCURRENTLY i ON"
                                        + " t (id);\nCREATE INDEX CONCURRENTLY j ON t (id);");
        var failed = (Outcome.Failed) cancelled(setting, BETWEEN);
        assertThat(failed.error().sqlState()).isEqualTo("57014");
        assertThat(failed.error().revision()).isEqualTo("b");
        assertThat(setting.up()).isInstanceOf(Outcome.Done.class);
        assertThat(database.value("SELECT count(*) FROM pg_index WHERE indrelid = 't'::regclass"))
                .isEqualTo("2");
    }
}
