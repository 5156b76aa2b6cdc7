// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class BundleTest {
    private static final Bundle.Item A =
            new Bundle.Item("1_a.sql", "--@ revision: a\n--@ upgrade\nSELECT 1;");
    private static final Bundle.Item B =
            new Bundle.Item("2_b.sql", "--@ revision: b\n--@ revises: a\n--@ upgrade\nSELECT 2;");

    @Test
    void theDigestIsTheContents() {
        var bundle = Bundle.of(List.of(A, B));
        assertThat(Bundle.of(List.of(B, A)).digest()).isEqualTo(bundle.digest());
        assertThat(Bundle.of(List.of(A)).digest()).isNotEqualTo(bundle.digest());
        var copy = Bundle.read(bundle.bytes(), bundle.digest());
        assertThat(copy.scripts().graph().heads()).containsExactly("b");
    }

    @Test
    void otherBytesThanExpectedAreRefused() {
        var bundle = Bundle.of(List.of(A));
        assertThatThrownBy(() -> Bundle.read(bundle.bytes(), "sha256:00"))
                .hasMessageContaining("has the digest " + bundle.digest());
        assertThatThrownBy(() -> Bundle.read("{}".getBytes(StandardCharsets.UTF_8), null))
                .hasMessageContaining("no bundle of format 1");
        assertThatThrownBy(() -> Bundle.read("nonsense".getBytes(StandardCharsets.UTF_8), null))
                .hasMessageContaining("cannot be read");
        assertThatThrownBy(() -> Bundle.of(List.of(B))).hasMessageContaining("needs a");
    }

    private static void expectRefused(String name, String header, String why) {
        var item = new Bundle.Item(name, header + "\n--@ upgrade\nSELECT 1;");
        var bundle = Bundle.read(Bundle.of(List.of(item)).bytes(), null); // stays readable
        assertThatThrownBy(bundle::refuseMisfits)
                .hasMessageContaining(why)
                .hasMessageNotContaining("\u001b")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(500));
    }

    @Test
    void whatIsNoTextNamesNothingThatIsGivenAway() {
        var long256 = "x".repeat(256);
        expectRefused("a\u001b[2J.sql", "--@ revision: a", "the name of a file holds U+001B");
        expectRefused(long256, "--@ revision: a", "the name of a file has 256 characters");
        expectRefused("a.sql", "--@ revision: " + long256, "id has 256 characters");
        expectRefused("a.sql", "--@ revision: a\u009b", "id holds U+009B");
        expectRefused(
                "a.sql", "--@ revision: a\n--@ message: a\u001b[2J", "the message holds U+001B");
        expectRefused(
                "a.sql",
                "--@ revision: a\n--@ message: " + "x".repeat(4_001),
                "the message has 4001 characters");
        expectRefused("a.sql", "--@ revision: a\n--@ label: " + long256, "a label has 256");
        Bundle.of(List.of(A, B)).refuseMisfits();
    }
}
