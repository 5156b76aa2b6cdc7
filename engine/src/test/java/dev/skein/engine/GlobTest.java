// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
    @ParameterizedTest
    @CsvSource({
        "tenant_*, tenant_1, true",
        "tenant_*, tenant_, true",
        "tenant_*, x_tenant_, false",
        "*, anything, true",
        "a*b*c, aXbYc, true",
        "a*b*c, acb, false",
        "a*a, a, false",
        "abc, abc, true",
        "abc, abcd, false",
        "*x, yx, true",
        "*ab*ab*, abab, true",
        "*ab*ab*, aba, false",
    })
    void starsStandForAnyText(String pattern, String text, boolean matches) {
        assertThat(Glob.of(pattern).matches(text)).isEqualTo(matches);
    }

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
        assertThatThrownBy(() -> Json.read("null", String.class))
                .hasMessageContaining("it is null");
    }
}
