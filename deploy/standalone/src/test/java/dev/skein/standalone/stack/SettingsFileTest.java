// SPDX-License-Identifier: Apache-2.0
package dev.skein.standalone.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody wrote into an agent's settings outlives the next start. */
@Tag("quick")
class SettingsFileTest {
    @TempDir private Path folder;
    private Path path;
    private SettingsFile file;

    @BeforeEach
    void name() {
        path = folder.resolve("data/agent-eu-1.properties");
        file = new SettingsFile(path);
    }

    private static Properties settings(String url) {
        var settings = new Properties();
        settings.setProperty("skein.agent.id", "eu-1");
        settings.setProperty("skein.agent.servers.main.url", url);
        return settings;
    }

    private String read(String key) throws IOException {
        var read = new Properties();
        try (var in = Files.newInputStream(path)) {
            read.load(in);
        }
        return String.valueOf(read.getProperty(key));
    }

    private void edit(String from, String to) throws IOException {
        Files.writeString(path, Files.readString(path).replace(from, to));
    }

    @Test
    void whatNobodyChangedIsWrittenAnew() throws IOException {
        assertThat(file.write(settings("one"))).isTrue();
        assertThat(file.write(settings("two"))).isTrue();
        assertThat(read("skein.agent.servers.main.url")).isEqualTo("two");
    }

    @Test
    void aChangeByHandStays() throws IOException {
        file.write(settings("one"));
        edit("skein.agent.id=eu-1", "skein.agent.id=eu-1\nskein.agent.look-every=1m");
        assertThat(file.write(settings("one"))).isFalse();
        assertThat(file.write(settings("two"))).isFalse();
        assertThat(read("skein.agent.look-every")).isEqualTo("1m");
        assertThat(read("skein.agent.servers.main.url")).isEqualTo("one");
        Files.delete(path);
        assertThat(file.write(settings("two"))).isTrue();
        assertThat(read("skein.agent.look-every")).isEqualTo("null");
    }

    @Test
    void aFileThatDoesNotSayHowItWasLeftIsSomebodysWhereItDiffers() throws IOException {
        Files.createDirectories(path.getParent());
        Files.writeString(path, "skein.agent.id=eu-1\nskein.agent.servers.main.url=one\n");
        assertThat(file.write(settings("two"))).isFalse();
        assertThat(file.write(settings("one"))).isTrue();
        assertThat(file.write(settings("two"))).isTrue();
    }
}
