// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.api.command.Roles;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class RolloutVerbsTest {
    private static final Set<String> OPERATOR = Set.of(Roles.OPERATOR);
    private static final Set<String> APPROVER = Set.of(Roles.APPROVER);
    private static final Set<String> BOTH = Set.of(Roles.OPERATOR, Roles.APPROVER);
    private static final Set<String> VIEWER = Set.of(Roles.VIEWER);

    @Test
    void whoOnlyLooksMayDoNothing() {
        for (var status : Set.of("proposed", "running", "soaking", "halted", "completed")) {
            assertThat(RolloutVerbs.of(status, VIEWER::contains)).isEmpty();
        }
    }

    @Test
    void aProposalIsApprovedByApproversAndAbortedByOperators() {
        assertThat(RolloutVerbs.of("proposed", APPROVER::contains)).containsExactly("approve");
        assertThat(RolloutVerbs.of("proposed", OPERATOR::contains)).containsExactly("abort");
        assertThat(RolloutVerbs.of("proposed", BOTH::contains)).containsExactly("approve", "abort");
    }

    @Test
    void operatorsSteerWhatGoesOnOrStandsStill() {
        assertThat(RolloutVerbs.of("running", OPERATOR::contains))
                .containsExactly("pause", "abort");
        assertThat(RolloutVerbs.of("soaking", OPERATOR::contains))
                .containsExactly("pause", "abort");
        assertThat(RolloutVerbs.of("halted", OPERATOR::contains))
                .containsExactly("resume", "abort", "rollback");
        assertThat(RolloutVerbs.of("paused", OPERATOR::contains))
                .containsExactly("resume", "abort", "rollback");
    }

    @Test
    void whatIsOverCanBeTakenBackOnly() {
        assertThat(RolloutVerbs.of("completed", BOTH::contains)).containsExactly("rollback");
        assertThat(RolloutVerbs.of("aborted", APPROVER::contains)).isEmpty();
    }
}
