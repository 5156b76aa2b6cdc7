// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.api.testing.OnApiDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who has not listened for long enough calls nobody silent. */
class SiteSilenceTest extends OnApiDatabase {
    private final SiteSilence silence = new SiteSilence(Duration.ofMinutes(1));

    @BeforeEach
    void schema() {
        migrate("heads");
        beat("eu-1", "eu", 2);
        beat("us-1", "us", 2);
        beat("us-2", "us", 0);
    }

    private void beat(String id, String site, int minutesAgo) {
        database.run(
                """
                INSERT INTO fleet_agent (id, site, started_at, databases, running, seen_at)
                VALUES ('%s', '%s', now(), 1, 0, now() - interval '%d minutes')\
                """
                        .formatted(id, site, minutesAgo));
    }

    private Optional<List<String>> sites() {
        return db.call(silence::sites);
    }

    @Test
    void aBeatThatIsOldSaysNothingToWhoHasNotListenedSince() {
        assertThat(sites()).as("nobody listens").isEmpty();
        silence.heardBy(() -> Duration.ofSeconds(30));
        assertThat(sites()).isEmpty();
        silence.heardBy(() -> Duration.ofSeconds(61));
        assertThat(sites()).contains(List.of("eu"));
    }
}
