// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.engine.SkeinException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("quick")
class DatabaseSelectorTest {
    private static final FleetDatabase DATABASE =
            new FleetDatabase(
                    "u1",
                    "eu",
                    "main",
                    "tenant_07",
                    List.of(),
                    0,
                    null,
                    15,
                    Map.of("tier", "free"),
                    null,
                    false);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "site = eu",
                "site=eu and name = tenant_*",
                "tier in (free, pro)",
                "tier != gold",
                "region != us-gov",
                "name not in (tenant_08)",
                "uid = u1",
            })
    void chooses(String text) {
        assertThat(DatabaseSelector.parse(text).selects(DATABASE)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "site = us",
                "site = eu and tier = pro",
                "region = eu",
                "name = tenant",
                "tier in ()",
                "name = tenant.07",
            })
    void leavesOut(String text) {
        assertThat(DatabaseSelector.parse(text).selects(DATABASE)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"site", "site ~ eu", "site = eu or site = us", "= eu", "a = b and"})
    void namesTheConditionThatIsNone(String text) {
        assertThatThrownBy(() -> DatabaseSelector.parse(text))
                .isInstanceOf(SkeinException.class)
                .hasMessageContaining("is no condition");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nam != x", "regoin != us-gov", "sit = ap", "tier = free and Tier = x"})
    void aKeyThatNoDatabaseHasIsRefused(String text) {
        assertThatThrownBy(() -> DatabaseSelector.parse(text).refuseUnknownLabels(List.of("tier")))
                .isInstanceOf(SkeinException.class)
                .hasMessageContaining("no database has the label")
                .hasMessageContaining("Known are: name, server, site, tier, uid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tier != paid", "name = t*", "site in (eu, us)", "uid != x"})
    void aKeyThatSomeDatabaseHasIsFine(String text) {
        DatabaseSelector.parse(text).refuseUnknownLabels(List.of("tier"));
    }
}
