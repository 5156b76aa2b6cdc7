// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.Digests;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A decision that a history goes on excuses one entry: the one that it is about. */
@Tag("quick")
class ResolvedHistoriesTest {
    private static final byte[] BEHIND = Digests.sha256(new byte[] {1});
    private static final byte[] OTHER = Digests.sha256(new byte[] {2});

    private final ResolvedHistories resolved = new ResolvedHistories();

    private void tell(long index, String of, long at, byte[] behind) {
        var envelope =
                """
                {"type":"source.Resolved","actor":"joe","at":"2026-11-28T00:00:00Z",
                 "payload":{"source":"%s","missing":%d,"at":%d,"behind":"%s","reason":"so"}}
                """
                        .formatted(of, at, at, Digests.hex(behind));
        resolved.hear(index, "source/" + of, envelope.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void eachIsGoodForTheEntryThatItNamesAndOnce() {
        tell(3, "drift/u", 10, BEHIND);
        assertThat(resolved.takes("drift/u", 9, BEHIND)).isFalse();
        assertThat(resolved.takes("drift/u", 10, OTHER)).isFalse();
        assertThat(resolved.takes("drift/v", 10, BEHIND)).isFalse();
        assertThat(resolved.takes("drift/u", 10, BEHIND)).isTrue();
        assertThat(resolved.takes("drift/u", 10, BEHIND)).as("once more").isFalse();
    }

    @Test
    void aHistoryMayGoOnMoreThanOnceByAsManyDecisions() {
        tell(3, "drift/u", 10, BEHIND);
        tell(9, "drift/u", 20, OTHER);
        assertThat(resolved.takes("drift/u", 10, BEHIND)).isTrue();
        assertThat(resolved.takes("drift/u", 20, OTHER)).isTrue();
        assertThat(resolved.place(0)).isEqualTo("entry 3");
        assertThat(resolved.found(4)).startsWith("drift/u goes on at 20").doesNotContain("more");
    }
}
