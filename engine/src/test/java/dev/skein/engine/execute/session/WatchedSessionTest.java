// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.testing.MigrationSetting;
import dev.skein.engine.testing.TestDatabase;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WatchedSessionTest {
    @RegisterExtension final TestDatabase database = new TestDatabase();

    private final AtomicLong now = new AtomicLong();

    private void passes(Duration time) {
        now.addAndGet(time.toNanos());
    }

    /** A cancellation long after the watcher's is a person's, and no reason to try again. */
    @Test
    void theWatchersWordHoldsForAMomentAndOnce() {
        try (var session = database.open();
                var guarded =
                        new WatchedSession(
                                database.address(),
                                session,
                                MigrationSetting.LIMITS,
                                left -> {},
                                now::get)) {
            assertThat(guarded.yielded()).isNull();
            guarded.cancelling("3 sessions queued");
            passes(Duration.ofMillis(9_999));
            assertThat(guarded.yielded()).isEqualTo("3 sessions queued");
            assertThat(guarded.yielded()).isNull();

            guarded.cancelling("4 sessions queued");
            passes(Duration.ofSeconds(10));
            assertThat(guarded.yielded()).isNull();

            guarded.cancelling("5 sessions queued");
            passes(Duration.ofSeconds(8));
            guarded.cancelling("6 sessions queued");
            passes(Duration.ofSeconds(8));
            assertThat(guarded.yielded()).isEqualTo("6 sessions queued");
        }
    }
}
