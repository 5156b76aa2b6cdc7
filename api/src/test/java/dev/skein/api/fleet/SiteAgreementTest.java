// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.api.fleet.SiteAgreement.Agent;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class SiteAgreementTest {
    private static final List<String> SITES = List.of("eu", "us");

    private static Agent agent(
            String id, String site, boolean alive, @Nullable List<String> servers) {
        return new Agent(id, site, alive, servers, false);
    }

    @Test
    void whoIsTwoProcessesIsTold() {
        var twins = new Agent("eu-1", "eu", true, List.of("a"), true);
        var gone = new Agent("eu-2", "eu", false, List.of("a"), true);
        assertThat(SiteAgreement.lacking(SITES, List.of(twins, gone)))
                .singleElement()
                .asString()
                .contains("call themselves agent eu-1", "a skein.agent.id of its own");
    }

    @Test
    void agentsWithTheSameServersAreFineInWhateverOrder() {
        assertThat(
                        SiteAgreement.lacking(
                                SITES,
                                List.of(
                                        agent("eu-1", "eu", true, List.of("a", "b")),
                                        agent("eu-2", "eu", true, List.of("b", "a")),
                                        agent("us-1", "us", true, List.of("c")))))
                .isEmpty();
    }

    @Test
    void whoHasOtherServersThanItsSitesOthersIsTold() {
        var found =
                SiteAgreement.lacking(
                        SITES,
                        List.of(
                                agent("eu-1", "eu", true, List.of("a")),
                                agent("eu-2", "eu", true, List.of("a", "b")),
                                agent("eu-3", "eu", true, List.of("a"))));
        assertThat(found).singleElement().asString().contains("(eu-1, eu-3: a; eu-2: a, b)");
    }

    @Test
    void whoIsGoneOrTellsNothingIsNotHeldAgainstTheOthers() {
        assertThat(
                        SiteAgreement.lacking(
                                SITES,
                                List.of(
                                        agent("eu-1", "eu", true, List.of("a")),
                                        agent("eu-2", "eu", false, List.of("b")),
                                        agent("eu-3", "eu", true, null))))
                .isEmpty();
    }

    @Test
    void aSiteThatTheControlPlaneDoesNotKnowIsTold() {
        var found = SiteAgreement.lacking(SITES, List.of(agent("ap-1", "ap", true, List.of("a"))));
        assertThat(found)
                .singleElement()
                .asString()
                .contains("agent ap-1 is of site ap, and the control plane knows eu, us alone");
    }
}
