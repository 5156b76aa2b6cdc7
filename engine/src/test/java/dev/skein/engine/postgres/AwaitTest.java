// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.engine.SkeinException;
import io.netty.handler.codec.DecoderException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class AwaitTest {
    @Test
    void wantOfMemoryIsNoBrokenConnection() {
        var error = new DecoderException(new OutOfMemoryError("Java heap space"));
        assertThatThrownBy(() -> Await.get("It", Future.failedFuture(error), Duration.ofMinutes(1)))
                .isInstanceOf(SkeinException.class)
                .isNotInstanceOf(Unreachable.class)
                .hasMessageContaining("memory");
    }

    /** Whoever may be stopped waits in short looks, and it is not a look that was too short. */
    @Test
    void itSaysHowLongItWaitedInAll() {
        var bound = Duration.ofSeconds(1);
        assertThatThrownBy(() -> Await.get("It", Promise.promise().future(), bound, () -> false))
                .isInstanceOf(Unreachable.class)
                .hasMessageContaining("no answer within 1 s")
                .hasCauseInstanceOf(TimeoutException.class);
        assertThatThrownBy(() -> Await.get("It", Promise.promise().future(), bound))
                .hasMessageContaining("no answer within 1 s");
    }

    @Test
    void whatIsThereIsTakenHoweverLittleTimeIsLeft() {
        var there = Future.succeededFuture("it");
        assertThat(Await.get("It", there, Duration.ZERO, () -> true)).isEqualTo("it");
    }

    @Test
    void whoIsInterruptedOrAskedToStopWaitsNoLonger() {
        var never = Promise.promise().future();
        assertThatThrownBy(() -> Await.get("It", never, Duration.ofHours(12), () -> true))
                .isInstanceOf(SkeinException.class)
                .hasMessageContaining("interrupted");
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> Await.get("It", never, Duration.ofHours(12), () -> false))
                .isInstanceOf(SkeinException.class)
                .hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).as("whoever began it is told, too").isTrue();
    }
}
