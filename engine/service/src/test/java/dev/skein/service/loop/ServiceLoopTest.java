// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class ServiceLoopTest {
    @Test
    void aLoopOutlivesItsErrorsAndSaysWhenItTurned() throws Exception {
        var rounds = new AtomicInteger();
        var mended = new AtomicInteger();
        var loop =
                new ServiceLoop(
                        "test",
                        () -> {
                            if (rounds.incrementAndGet() == 1) {
                                throw new IllegalStateException("first round");
                            }
                            Thread.currentThread().interrupt();
                        },
                        mended::incrementAndGet);
        var thread = Thread.ofVirtual().start(loop);
        thread.join(Duration.ofSeconds(10));
        assertThat(thread.isAlive()).isFalse();
        assertThat(rounds).hasValue(2);
        assertThat(mended).hasValue(1);
        assertThat(loop.sinceLastTurn()).isLessThan(Duration.ofSeconds(10));
    }
}
