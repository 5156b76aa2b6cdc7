// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.simulation.site.Journals;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    private static List<String> broken(long known, int entries, int published, List<String> lost) {
        var evidence =
                new Evidence(
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
                        new Evidence.Wire(List.of(), Map.of(), 0));
        var broken = new ArrayList<String>();
        new QuietCheck(evidence, broken).check();
        return broken;
    }
}
