// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.journal.EntryBody.Adopted;
import dev.skein.engine.journal.EntryBody.Adoption;
import dev.skein.engine.journal.EntryBody.Applied;
import dev.skein.engine.journal.EntryBody.BackedUp;
import dev.skein.engine.journal.EntryBody.ChecksHeld;
import dev.skein.engine.journal.EntryBody.Failed;
import dev.skein.engine.journal.EntryBody.Initialized;
import dev.skein.engine.journal.EntryBody.Intent;
import dev.skein.engine.journal.EntryBody.Observed;
import dev.skein.engine.journal.EntryBody.Restored;
import dev.skein.engine.journal.EntryBody.Reverted;
import dev.skein.engine.journal.EntryBody.RevisionVersion;
import dev.skein.engine.journal.EntryBody.Stamped;
import dev.skein.engine.journal.EntryBody.StatementOutcome;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class EntryBodyTest {
    private static final RevisionVersion OF = new RevisionVersion("a", "sum");
    private static final List<EntryBody> ALL =
            List.of(
                    new Initialized(),
                    new Applied(OF),
                    new Reverted(OF),
                    new Stamped(),
                    new Intent(OF, 1, false),
                    new StatementOutcome(OF, 1, "done"),
                    new ChecksHeld(OF),
                    new Failed(OF, 1, "23505", "same"),
                    new Observed(7L),
                    new Adopted(Adoption.PLACE),
                    new BackedUp("archive", "full"),
                    new Restored("archive", null, 0L));

    @Test
    void everyKindIsToldBySome() {
        assertThat(ALL)
                .hasSameSizeAs(EntryBody.class.getPermittedSubclasses())
                .extracting(EntryBody::kind)
                .contains(EntryKind.values());
    }

    @Test
    void onlyWhatRunsSqlLeavesAnotherSchema() {
        assertThat(ALL)
                .filteredOn(body -> !body.keepsSchema())
                .extracting(EntryBody::kind)
                .containsExactly(
                        EntryKind.INITIALIZED,
                        EntryKind.APPLIED,
                        EntryKind.REVERTED,
                        EntryKind.INTENT,
                        EntryKind.OUTCOME);
        assertThat(new Intent(OF, 1, true).keepsSchema()).as("of rows alone").isTrue();
    }

    @Test
    void theChecksumIsTheRevisionsOrTheArchives() {
        assertThat(new Failed(OF, 1, "23505", "same").checksum()).isEqualTo("sum");
        assertThat(new BackedUp("archive", "full").checksum()).isEqualTo("archive");
        assertThat(new Stamped().checksum()).isNull();
    }

    @Test
    void outcomesAreWordsOnTheWire() {
        assertThat(new ChecksHeld(OF).outcome()).isEqualTo("verified");
        assertThat(new Intent(OF, 1, true).outcome()).isEqualTo("rows");
        assertThat(new Intent(OF, 1, false).outcome()).isNull();
        assertThat(Adoption.values())
                .extracting(of -> new Adopted(of).outcome())
                .containsExactly(null, "clone", "drift", "unknown");
    }
}
