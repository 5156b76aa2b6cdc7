// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.api.rollout.RolloutPlan.Member;
import dev.skein.api.rollout.RolloutPlan.SetAside;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class PlanDigestTest {
    /** Computed by another program, from the words of {@link PlanDigest}. */
    @Test
    void itIsWhatItsWordsSay() {
        var digest = new PlanDigest(2);
        digest.member(0, new Member("u1", "eu", "shop", List.of("a", "b"), null, null));
        digest.member(1, new Member("u2", "us", "läden", List.of("b"), "sum", List.of("a")));
        digest.member(1, new Member("u3", "us", "c", List.of("b"), "sum", List.of()));
        digest.aside(new SetAside("u4", "eu", "x", "away"));
        assertThat(digest.hex())
                .isEqualTo("901671e5807adceb08a2dc28b524a55753f7bf9f822badb9ceffef199028e459");
    }

    @Test
    void whatStandsInWhichFieldAndWaveIsTold() {
        assertThat(of(0, "ab", "c")).isNotEqualTo(of(0, "a", "bc"));
        assertThat(of(0, "a", "b")).isNotEqualTo(of(1, "a", "b"));
    }

    private static String of(int wave, String uid, String site) {
        var digest = new PlanDigest(2);
        digest.member(wave, new Member(uid, site, "n", List.of("a"), null, null));
        return digest.hex();
    }
}
