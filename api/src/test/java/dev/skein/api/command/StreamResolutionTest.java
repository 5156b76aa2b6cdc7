// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.api.store.Continuity;
import dev.skein.api.store.EventStore;
import dev.skein.api.testing.OnApiDatabase;
import dev.skein.engine.Digests;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A stream goes on behind what the audit log has of it, whatever the database has. */
class StreamResolutionTest extends OnApiDatabase {
    private static final String STREAM = "drift/u";

    private final Continuity continuity = new Continuity();
    private final EventStore events = new EventStore(continuity);
    private final StreamResolution streams = new StreamResolution(events);

    @BeforeEach
    void schema() {
        migrate("heads");
        continuity.compared(db);
    }

    private void decide(int times) {
        for (int n = 0; n < times; n++) {
            db.run(tx -> events.appendAlone(tx, STREAM, "made", Map.of("reason", "so"), "joe"));
        }
        database.run("UPDATE event SET published = true");
    }

    private StreamResolution.Standing goOn(String stream, long at) {
        return db.call(tx -> streams.goOn(tx, stream, at));
    }

    private String hash(long version) {
        return database.value(
                "SELECT encode(hash, 'hex') FROM event WHERE version = %d".formatted(version));
    }

    private String unsent() {
        return database.value(
                "SELECT string_agg(version::text, ',' ORDER BY version) FROM event WHERE NOT"
                        + " published");
    }

    @Test
    void whatIsThereFromThatVersionOnIsSentAgain() {
        decide(5);
        assertThat(goOn(STREAM, 4)).isEqualTo(new StreamResolution.Standing(hash(3), 5));
        assertThat(unsent()).isEqualTo("4,5");
    }

    @Test
    void whereTheLogHasMoreTheStreamGoesOnBehindThat() {
        decide(2);
        assertThat(goOn(STREAM, 6)).isEqualTo(new StreamResolution.Standing(hash(2), 0));
        decide(1);
        assertThat(database.value("SELECT encode(prev_hash, 'hex') FROM event WHERE version = 6"))
                .isEqualTo(hash(2));
        assertThat(goOn(STREAM, 5)).isEqualTo(new StreamResolution.Standing(hash(2), 6));
    }

    @Test
    void theFirstDecisionMayBeTheOneThatDiffers() {
        decide(1);
        var zeros = Digests.hex(new byte[32]);
        assertThat(goOn(STREAM, 1)).isEqualTo(new StreamResolution.Standing(zeros, 1));
    }

    @Test
    void aNumberThatIsFarFromWhatIsThereIsRefused() {
        decide(2);
        for (long at : new long[] {10_004, Long.MAX_VALUE}) {
            assertThatThrownBy(() -> goOn(STREAM, at))
                    .hasMessageContaining("its last decision has the number 2, far from " + at);
        }
        assertThat(database.value("SELECT version FROM stream_head")).isEqualTo("2");
    }

    @Test
    void ofAStreamThatIsNotHereNothingIsMade() {
        assertThat(goOn("rollout/other", 3)).isEqualTo(new StreamResolution.Standing(null, 0));
        assertThat(database.value("SELECT count(*) FROM stream_head")).isEqualTo("0");
    }
}
