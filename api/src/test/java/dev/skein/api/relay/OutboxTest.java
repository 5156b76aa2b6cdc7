// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.api.testing.OnApiDatabase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What nobody has answered for long is sent again, and nothing that only seems so. */
class OutboxTest extends OnApiDatabase {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE);
    private final Outbox outbox =
            new Outbox(Duration.ofSeconds(15), List.of("eu", "us"), nanos::get);

    @BeforeEach
    void schema() {
        migrate("heads");
        directive("a", "eu");
        directive("b", "eu");
        directive("c", "us");
    }

    /** One that was sent, and to which an answer has been due for a minute. */
    private void directive(String uid, String site) {
        database.run(
                """
                INSERT INTO directive (uid, site, rollout, generation, payload, published, due_at)
                VALUES ('%s', '%s', 'r', 1, 'do it', true, now() - interval '1 minute')\
                """
                        .formatted(uid, site));
    }

    private void agent(String id, String site, int running, String ago) {
        database.run(
                """
                INSERT INTO fleet_agent (id, site, started_at, databases, running, seen_at)
                VALUES ('%s', '%s', now(), 9, %d, now() - interval '%s')\
                """
                        .formatted(id, site, running, ago));
    }

    private List<String> sites() {
        nanos.addAndGet(Duration.ofSeconds(5).toNanos());
        return sitesAtOnce();
    }

    private List<String> sitesAtOnce() {
        return db.call(outbox::routes).stream().map(RelayRoute::site).sorted().toList();
    }

    @Test
    void whatIsDueIsSentAgainAndLookedForNowAndThen() {
        assertThat(sites()).containsExactly("eu", "us");
        database.run("UPDATE directive SET published = true");
        nanos.addAndGet(Duration.ofSeconds(5).toNanos() - 1);
        assertThat(sitesAtOnce()).isEmpty();
        nanos.incrementAndGet();
        assertThat(sitesAtOnce()).containsExactly("eu", "us");
        database.run("UPDATE directive SET published = true, due_at = now() + interval '1 minute'");
        assertThat(sites()).isEmpty();
    }

    @Test
    void nothingIsWhoseAnswerMayWaitToBeRead() {
        outbox.heardBy(() -> Duration.ofSeconds(70));
        assertThat(sites()).isEmpty();
        database.run("UPDATE directive SET due_at = now() - interval '80 seconds' WHERE uid = 'b'");
        assertThat(sites()).containsExactly("eu");
        database.run(
                "UPDATE directive SET published = true, due_at = now() - interval '6 minutes'");
        outbox.heardBy(() -> Duration.ofDays(1));
        assertThat(sites()).as("whoever reads nothing").containsExactly("eu", "us");
    }

    @Test
    void nothingIsThatAgentsSayTheyAreAt() {
        agent("eu-1", "eu", 1, "1 second");
        agent("eu-2", "eu", 1, "1 second");
        agent("us-1", "us", 1, "16 seconds");
        assertThat(sites()).containsExactly("us");
        directive("d", "eu");
        assertThat(sites()).as("one of three is at nobody").containsExactly("eu", "us");
    }

    @Test
    void aTombstoneNeedsNoAnswer() {
        database.run("UPDATE directive SET payload = NULL");
        assertThat(sites()).isEmpty();
    }
}
