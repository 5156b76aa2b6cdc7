// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.audit.testing.OnAuditDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeyTest extends OnAuditDatabase {
    @TempDir Path folder;

    private Path file() {
        return folder.resolve("audit.key");
    }

    @Test
    void anotherLogsKeyIsRefused() {
        var made = SigningKey.at(file(), "one", () -> false);
        assertThat(SigningKey.at(file(), "one", () -> false).secret()).isEqualTo(made.secret());
        assertThatThrownBy(() -> SigningKey.at(file(), "two", () -> false))
                .hasMessageContaining("it is the key of the log 'one', and this one is 'two'");
    }

    @Test
    void noKeyIsMadeForALogThatIsSigned() {
        assertThat(db.call(AuditSchema::hasSigned)).isFalse();
        database.run("INSERT INTO checkpoint(size, root, note) VALUES (1, '', 'note')");
        assertThatThrownBy(
                        () -> SigningKey.at(file(), "one", () -> db.call(AuditSchema::hasSigned)))
                .hasMessageContaining("it is not there, and the log was signed with one");
        assertThat(Files.exists(file())).isFalse();
        database.run("DROP TABLE checkpoint");
        assertThat(db.call(AuditSchema::hasSigned)).as("before the schema is made").isFalse();
    }

    /** A service of its own, as far as its key goes; prints the public half. */
    static final class Maker {
        private Maker() {}

        public static void main(String[] args) {
            System.out.println(
                    SigningKey.at(Path.of(args[0]), "one", () -> false).verifier().text());
        }
    }

    @Test
    void ofServicesThatShareTheFileAndStartAtOnceOneMakesIt() throws Exception {
        var started = new ArrayList<Process>();
        for (int n = 0; n < 3; n++) {
            started.add(
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    Maker.class.getName(),
                                    file().toString())
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start());
        }
        var printed = new HashSet<String>();
        for (var process : started) {
            printed.add(new String(process.getInputStream().readAllBytes(), UTF_8));
            assertThat(process.waitFor()).isZero();
        }
        assertThat(printed)
                .containsExactly(
                        SigningKey.at(file(), "one", () -> false).verifier().text() + "\n");
    }
}
