// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.engine.ClassResources;
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
    void whatAnEarlierBuildWroteIsReadAsItWas() {
        var bytes = ClassResources.text(BundleTest.class, "written-before.json");
        var bundle =
                Bundle.read(
                        bytes.getBytes(StandardCharsets.UTF_8),
                        "sha256:3928ad854e5f0eae2c2fcae3bfcd2a54505f50cf1f63db3b01cf99c586ff61ff");
        var scripts = bundle.scripts();
        assertThat(scripts.graph().heads()).containsExactly("c3");
        assertThat(List.of("a1", "b2", "c3"))
                .extracting(id -> scripts.get(id).checksum())
                .containsExactly(
                        "dda0e05ac87c104e421c6261909589999a0f2ba2ad18d06995303796e1046dd8",
                        "59ab96d5c836b8ac102077048a236c6dd43f321353a93d620ce57deea84602ee",
                        "cbdc1e0d62db065402764f6aad47078cdf19d334b517e48e0aead0aa8fb4b7af");
        assertThat(bundle.bytes()).asString(StandardCharsets.UTF_8).isEqualTo(bytes);
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
