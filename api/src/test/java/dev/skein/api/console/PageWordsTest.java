// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.api.query.RolloutViews.WaveView;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class PageWordsTest {
    private static List<WaveView> waves(int number, int current) {
        return IntStream.range(0, number)
                .mapToObj(n -> new WaveView("w" + n, 1, 0, 0, 0, 0, n == current))
                .toList();
    }

    private static List<String> near(int number, int current) {
        return PageWords.near(waves(number, current), 4).stream().map(WaveView::name).toList();
    }

    @Test
    void ofManyWavesThoseAreShownThatAreNear() {
        assertThat(near(3, 2)).containsExactly("w0", "w1", "w2");
        assertThat(near(9, 0)).containsExactly("w0", "w1", "w2", "w3");
        assertThat(near(9, 5)).containsExactly("w3", "w4", "w5", "w6");
        assertThat(near(9, 8)).containsExactly("w5", "w6", "w7", "w8");
        assertThat(near(9, 99)).as("none is worked on").hasSize(4);
        assertThat(near(0, 0)).isEmpty();
    }

    @Test
    void noListAndNoTextIsLongerThanAPageCanShow() {
        assertThat(PageWords.first(List.of(1, 2, 3), 2)).containsExactly(1, 2);
        assertThat(PageWords.first(List.of(1), 2)).containsExactly(1);
        assertThat(PageWords.shortened("abc", 3)).isEqualTo("abc");
        assertThat(PageWords.shortened("abcd", 3)).isEqualTo("abc…");
    }
}
