// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.simulation.site.Journals;
import dev.skein.simulation.store.MemoryRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("quick")
class QuietCheckTest {
    @ParameterizedTest
    @CsvSource({"3, 3, true", "2, 3, false", "4, 3, false"})
    void allOfAJournalIsKnown(long known, int entries, boolean holds) {
        assertThat(broken(known, entries, entries, List.of()).isEmpty()).isEqualTo(holds);
    }

    @ParameterizedTest
    @CsvSource({"1, true", "2, true", "3, true", "0, false", "4, false"})
    void ofOneThatIsLostWhatWasSentIsKnownAndNoMoreThanThereWas(long known, boolean holds) {
        assertThat(broken(known, 3, 1, List.of("1")).isEmpty()).isEqualTo(holds);
    }

    @Test
    void nothingIsStillToBeSent() {
        assertThat(broken(new HistoryEvidence.Wire(List.of(tombstone(true)), Map.of(), 0)))
                .isEmpty();
        assertThat(broken(new HistoryEvidence.Wire(List.of(tombstone(false)), Map.of(), 0)))
                .containsExactly("I10: generation 7 of 1 is still to be sent");
    }

    private static MemoryRows.Issued tombstone(boolean published) {
        return new MemoryRows.Issued("1", "eu", "r1", 7, null, 0, 0, published, 0);
    }

    private static List<String> broken(HistoryEvidence.Wire wire) {
        return broken(0, 0, 0, List.of(), wire);
    }

    private static List<String> broken(long known, int entries, int published, List<String> lost) {
        var wire = new HistoryEvidence.Wire(List.of(), Map.of(), 0);
        return broken(known, entries, published, lost, wire);
    }

    private static List<String> broken(
            long known, int entries, int published, List<String> lost, HistoryEvidence.Wire wire) {
        var evidence =
                new HistoryEvidence(
                        List.of(),
                        List.of(),
                        List.of(),
                        Map.of(),
                        List.of(Journals.tenant("1", entries, published)),
                        lost,
                        List.of(),
                        List.of(),
                        List.of(),
                        Map.of("1", known),
                        wire);
        var broken = new ArrayList<String>();
        new QuietCheck(evidence, broken).check();
        return broken;
    }
}
