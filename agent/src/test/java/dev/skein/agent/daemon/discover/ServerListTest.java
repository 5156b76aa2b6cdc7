// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.discover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.daemon.config.AgentConfig;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ServerListTest {
    @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

    private record Settings(
            String url,
            Optional<String> password,
            List<String> databases,
            Optional<List<String>> exclude,
            int parallel,
            Map<String, String> labels)
            implements AgentConfig.Server {}

    @TempDir private static Path secrets;

    private static List<ServerDatabase> read(List<String> wanted, List<String> unwanted)
            throws IOException {
        var file = secrets.resolve("password");
        Files.writeString(file, String.valueOf(DATABASE.address().password()));
        var settings =
                new Settings(
                        DATABASE.address().withDatabase("postgres").toString(),
                        Optional.of("file:" + file),
                        wanted,
                        Optional.of(unwanted),
                        4,
                        Map.of("tier", "free"));
        var list = new ServerList("main", settings, "eu");
        var places = list.read(DATABASE.client());
        var again = list.read(DATABASE.client());
        assertThat(again).as("what stays as it is").hasSameSizeAs(places);
        for (int i = 0; i < places.size(); i++) {
            assertThat(again.get(i)).isSameAs(places.get(i));
        }
        return places;
    }

    @Test
    void whatIsWantedIsListedAndNothingElse() throws IOException {
        DatabaseAddress here = DATABASE.address();
        var other = DATABASE.create();
        var places = read(List.of(here.database(), other), List.of(other));
        assertThat(places).hasSize(1);
        assertThat(places.getFirst().name()).isEqualTo(here.database());
        assertThat(places.getFirst().address().database()).isEqualTo(here.database());
        assertThat(places.getFirst().labels()).containsEntry("tier", "free");
    }

    @Test
    void aPatternThatNothingFitsListsNothing() throws IOException {
        assertThat(read(List.of("no_such_*"), List.of())).isEmpty();
    }
}
