// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.skein.engine.event.DatabaseReport.Kind;
import dev.skein.engine.event.Directive;
import dev.skein.engine.event.Heartbeat.Attempt;
import dev.skein.engine.postgres.Unreachable;
import dev.skein.engine.testing.Directives;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class DirectiveTriesTest {
    private final Unreachable lost =
            new Unreachable("Database a", "nothing accepts connections", "", true, null);
    private static final Duration LONG = Duration.ofHours(1);

    private final Directive directive =
            Directives.of("%032x".formatted(1), 7, Directive.Action.MIGRATE);
    private final DirectiveAttempts attempts = new DirectiveAttempts(Clock.systemUTC());
    private boolean isPulled;

    private DirectiveTries tries(Duration patience) {
        attempts.begin(directive);
        var tries = new DirectiveTries(attempts, directive, () -> isPulled, patience);
        tries.begin();
        return tries;
    }

    @Test
    void whatIsLostIsTriedAgain() throws Exception {
        var tries = tries(LONG);
        assertThat(tries.endOrPause("run", lost)).isEmpty();
        tries.begin();
        assertThat(attempts.current())
                .extracting(Attempt::tries, Attempt::troubled, Attempt::doing)
                .containsExactly(tuple(2, true, "nothing accepts connections"));
    }

    @Test
    void aPulledBrakeHoldsIt() throws Exception {
        isPulled = true;
        assertThat(tries(LONG).endOrPause("run", lost)).contains(DirectiveEnding.HELD);
    }

    @Test
    void patienceEnds() throws Exception {
        var tries = tries(Duration.ofMillis(300));
        assertThat(tries.endOrPause("run", lost)).isEmpty(); // it is counted from here
        tries.begin();
        var said = DirectiveEnding.said(directive, Kind.UNREACHABLE, lost.discreet());
        assertThat(tries.endOrPause("run", lost)).contains(said);
    }
}
