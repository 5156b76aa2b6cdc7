// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("quick")
class SecretReferencesTest {
    @TempDir Path folder;

    @Test
    void resolvesReferences() throws Exception {
        var file = Files.writeString(folder.resolve("pw"), "s3cret\n");
        assertThat(SecretReferences.resolve("x", "file:" + file)).isEqualTo("s3cret");
        assertThat(SecretReferences.resolve("x", "env:PW", name -> name + "!")).isEqualTo("PW!");
    }

    @Test
    void saysWhatIsMissingWithoutShowingSecrets() {
        assertThatThrownBy(() -> SecretReferences.resolve("Server main", "hunter2"))
                .hasMessageContaining("Server main: the password stands there itself")
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> SecretReferences.resolve("x", "env:NONE", name -> null))
                .hasMessageContaining("NONE is not set");
        assertThatThrownBy(() -> SecretReferences.resolve("x", "file:/nowhere/pw"))
                .hasMessageContaining("/nowhere/pw cannot be read");
    }
}
