// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.engine.SkeinException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class NoteKeyTest {
    /** The example of the signed-note format's first implementation. */
    @Test
    void othersNotesAreVerified() {
        var key =
                NoteKey.parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
        assertThat(key.name()).isEqualTo("PeterNeumann");
        var text =
                ("If you think cryptography is the answer to your problem,\n"
                                + "then you don't know what your problem is.\n")
                        .getBytes(StandardCharsets.UTF_8);
        var line =
                Base64.getDecoder()
                        .decode(
                                "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZ"
                                        + "SNXgKvqfqdngotpRZb6KE6RyyBwJnAM=");
        assertThat(key.isSigned(text, Arrays.copyOfRange(line, 4, line.length))).isTrue();
        text[0] ^= 1;
        assertThat(key.isSigned(text, Arrays.copyOfRange(line, 4, line.length))).isFalse();
    }

    @Test
    void aPairIsReadBackAndCheckpointsAreSignedWithIt() {
        var pair = NoteKey.create("log.example");
        var again = NoteKey.parse(pair.secret(), pair.verifier().text());
        var note = new Checkpoint("log.example/skein", 3, new byte[32]).signed(again);
        assertThat(note)
                .startsWith("log.example/skein\n3\nAAAA")
                .contains("\n\n\u2014 log.example ");
        assertThat(Checkpoint.read(note).size()).isEqualTo(3);
        assertThat(Checkpoint.isSigned(note, pair.verifier())).contains(true);
        assertThat(Checkpoint.isSigned(note, NoteKey.create("log.example").verifier())).isEmpty();
        var other = note.replaceFirst("\n3\n", "\n4\n");
        assertThat(Checkpoint.isSigned(other, pair.verifier())).contains(false);
    }

    @Test
    void whatIsNoKeyOrNoNoteIsRefused() {
        var pair = NoteKey.create("a");
        for (var text : new String[] {"", "a+b", "a+00000000+" + "AQ==", "a b+c+d"}) {
            assertThatThrownBy(() -> NoteKey.parse(text)).isInstanceOf(SkeinException.class);
        }
        var other = NoteKey.create("a").verifier().text();
        assertThatThrownBy(() -> NoteKey.parse(pair.secret(), other))
                .hasMessageContaining("do not belong together");
        assertThatThrownBy(() -> NoteKey.create("a b")).hasMessageContaining("blanks");
        assertThatThrownBy(() -> Checkpoint.read("x\n-1\nAA\n")).isInstanceOf(SkeinException.class);
    }
}
