// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.event.DatabaseReport.Answer;
import dev.skein.engine.event.DatabaseReport.Kind;
import dev.skein.engine.event.Directive;
import dev.skein.engine.testing.Directives;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class AbsenceReasonsTest {
    private static final Directive DIRECTIVE =
            Directives.of("a".repeat(32), 7, Directive.Action.MIGRATE);

    @Test
    void whatIsNotAtTheSiteIsRefused() {
        assertThat(AbsenceReasons.answer(DIRECTIVE, List.of()))
                .isEqualTo(new Answer(7, Kind.REFUSED, "there is no such database at this site"));
    }

    @Test
    void whatMayBeOnAServerThatIsAwayIsOutOfReach() {
        var answer = AbsenceReasons.answer(DIRECTIVE, List.of("blue"));
        assertThat(answer.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(answer.message()).contains("server blue could not be reached");
    }

    @Test
    void aHoldIsAnsweredThoughThereIsNothingToHold() {
        assertThat(AbsenceReasons.held(DIRECTIVE, List.of()).kind()).isEqualTo(Kind.HELD);
    }

    @Test
    void whatMayBeOnAServerThatIsAwayIsNotSaidToStandStill() {
        assertThat(AbsenceReasons.held(DIRECTIVE, List.of("blue")).kind())
                .isEqualTo(Kind.UNREACHABLE);
    }
}
