// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class IndexRangeTest {
    private static List<IndexRange> parts(int number) {
        return LongStream.range(0, number)
                .mapToObj(n -> new IndexRange(n * 10, n * 10 + 10))
                .toList();
    }

    @Test
    void whoLooksFromOneEndLooksAtLittleFirst() {
        assertThat(IndexRange.growing(List.of())).isEmpty();
        assertThat(IndexRange.growing(parts(1))).containsExactly(new IndexRange(0, 10));
        assertThat(IndexRange.growing(parts(6)))
                .containsExactly(
                        new IndexRange(0, 10),
                        new IndexRange(10, 20),
                        new IndexRange(20, 40),
                        new IndexRange(40, 60));
        assertThat(IndexRange.growing(parts(6).reversed()))
                .containsExactly(
                        new IndexRange(50, 60),
                        new IndexRange(40, 50),
                        new IndexRange(20, 40),
                        new IndexRange(0, 20));
        assertThat(IndexRange.growing(parts(1000))).hasSize(11);
    }

    @Test
    void whatTwoHaveMayBeNothing() {
        var one = new IndexRange(10, 20);
        assertThat(one.within(new IndexRange(15, 30))).isEqualTo(new IndexRange(15, 20));
        assertThat(one.within(new IndexRange(20, 30)).isEmpty()).isTrue();
    }
}
