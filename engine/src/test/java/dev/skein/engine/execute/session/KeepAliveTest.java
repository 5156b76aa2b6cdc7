// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skein.engine.testing.TestDatabase;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class KeepAliveTest {
    private static final Duration BOUND = Duration.ofMinutes(2);
    private static final Duration OFTEN = Duration.ofMillis(1);

    @RegisterExtension final TestDatabase database = new TestDatabase();

    @Test
    void itsEndLeavesAloneWhatTheSessionRunsNext() {
        try (var session = database.open()) {
            for (int i = 0; i < 200; i++) {
                var alive = KeepAlive.of(session, OFTEN);
                session.script("SELECT pg_sleep(0.003)", BOUND);
                alive.close();
                session.script("SELECT pg_sleep(0.003)", BOUND);
                assertThat(alive.lost()).isEmpty();
            }
        }
    }

    @Test
    void itTellsThatTheSessionWasEnded() {
        try (var session = database.open();
                var alive = KeepAlive.of(session, OFTEN)) {
            session.script("SELECT 1", BOUND);
            assertThat(alive.lost()).isEmpty();
            database.run("SELECT pg_terminate_backend(" + session.processId() + ")");
            await().atMost(BOUND).until(() -> alive.lost().isPresent());
        }
    }
}
