// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.SkeinException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class LastWordTest {
    private final List<Throwable> told = new ArrayList<>();

    private boolean of(LastWord.Telling run) {
        return LastWord.of("u", run, told::add);
    }

    @Test
    void aRunEndsAsItSays() {
        assertThat(of(() -> true)).isTrue();
        assertThat(of(() -> false)).isFalse();
        assertThat(told).isEmpty();
    }

    @Test
    void whatIsKnownToFailIsTriedAgain() {
        var known = SkeinException.failed("Database x", "it is away", "");
        assertThat(
                        of(() -> {
                            throw known;
                        }))
                .isFalse();
        assertThat(told).isEmpty();
    }

    @Test
    void whatNobodyForesawIsToldInsteadOfBegunForEver() {
        assertThat(of(() -> List.of(1).get(1) > 0)).isTrue();
        assertThat(of(() -> deep(1) > 0)).isTrue();
        assertThat(told)
                .extracting(end -> end.getClass().getSimpleName())
                .containsExactly("IndexOutOfBoundsException", "StackOverflowError");
    }

    private static int deep(int level) {
        return level == Integer.MAX_VALUE ? 0 : 1 + deep(level + 1);
    }

    @Test
    void whatCannotBeToldIsBegunAgain() {
        assertThat(
                        LastWord.of(
                                "u",
                                () -> deep(1) > 0,
                                end -> {
                                    throw new IllegalStateException(end);
                                }))
                .isFalse();
    }

    @Test
    void aThreadThatIsToEndEnds() {
        assertThat(
                        of(() -> {
                            throw new InterruptedException();
                        }))
                .isFalse();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(told).isEmpty();
    }
}
