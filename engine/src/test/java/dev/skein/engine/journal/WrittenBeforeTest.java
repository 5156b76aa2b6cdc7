// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.ClassResources;
import dev.skein.engine.testing.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What earlier builds left in databases is read as it was. */
class WrittenBeforeTest {
    private static final List<String> KINDS =
            List.of(
                    "initialized",
                    "applied",
                    "observed",
                    "intent",
                    "outcome",
                    "stamped",
                    "adopted");

    @RegisterExtension final TestDatabase database = new TestDatabase();

    @Test
    void anEarlierJournalIsReadAndItsChainHolds() {
        database.run(ClassResources.text(WrittenBeforeTest.class, "written-before.sql"));
        try (var session = database.open()) {
            var journal = new Journal(session, "");
            var standing = journal.standing().orElseThrow();
            var state = standing.state();
            assertThat(state.heads()).containsExactly("a3000000000c");
            assertThat(state.fingerprint()).isNotNull();
            assertThat(standing.boundTo()).isNotNull();
            var entries = journal.after(0, 100);
            assertThat(entries).hasSize(15).allMatch(Entry::isIntact);
            var last = new byte[32];
            for (var entry : entries) {
                assertThat(entry.prevHash()).isEqualTo(last);
                last = entry.hash();
            }
            assertThat(state.hash()).isEqualTo(last);
            assertThat(state.seq()).isEqualTo(15);
            var envelopes = entries.stream().map(e -> Envelope.parse(e.envelope())).toList();
            assertThat(envelopes).allMatch(e -> e.uid().equals(state.uid()));
            assertThat(envelopes)
                    .extracting(e -> e.kind().wire())
                    .isSubsetOf(KINDS)
                    .contains("intent", "adopted");
            assertThat(envelopes.getLast().heads()).isEqualTo(state.heads());
        }
    }
}
