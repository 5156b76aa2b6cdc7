// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.postgres;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.engine.SkeinException;
import io.netty.handler.codec.DecoderException;
import io.vertx.core.Future;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AwaitTest {
    @Test
    void wantOfMemoryIsNoBrokenConnection() {
        var error = new DecoderException(new OutOfMemoryError("Java heap space"));
        assertThatThrownBy(() -> Await.get("It", Future.failedFuture(error), Duration.ofMinutes(1)))
                .isInstanceOf(SkeinException.class)
                .isNotInstanceOf(Unreachable.class)
                .hasMessageContaining("memory");
    }
}
