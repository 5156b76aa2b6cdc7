// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.script.Script;
import dev.skein.engine.script.ScriptParser;
import dev.skein.engine.script.Scripts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class WaysBackTest {
    private static final Scripts SCRIPTS =
            Scripts.of(
                    List.of(
                            script("a", "", "\nSELECT 0;"),
                            script("b", "a", "\nSELECT 0;"),
                            script("x", "b", ": irreversible \"gone\"\n")));

    private final WaysBack back =
            new WaysBack(SCRIPTS.graph(), new RehearsedWays(SCRIPTS, Map.of()));

    private static Script script(String id, String revises, String down) {
        return ScriptParser.parse(
                id + ".sql",
                "--@ revision: %s\n--@ revises: %s\n--@ upgrade\nSELECT 1;\n--@ downgrade%s"
                        .formatted(id, revises, down));
    }

    @Test
    void isFoundOnceForAllThatStandAlike() {
        var first = back.from(List.of("b"), List.of("a", "b"));
        assertThat(first).isEqualTo(new WaysBack.Path(List.of("b", "a"), List.of(), List.of()));
        assertThat(back.from(List.of("b"), List.of("a", "b"))).isSameAs(first);
        assertThat(back.from(List.of("b"), List.of("b")))
                .isEqualTo(new WaysBack.Path(List.of("b"), List.of(), List.of()));
        assertThat(back.from(List.of("x"), List.of("x")))
                .isEqualTo(new WaysBack.Path(List.of("x"), List.of("x"), List.of("x")));
    }

    @Test
    void whatStandsInTheWayIsSaidOfEach() {
        assertThat(back.from(List.of("unknown"), List.of("a")))
                .isInstanceOfSatisfying(
                        WaysBack.None.class,
                        none -> assertThat(none.obstacle()).contains("unknown"));
    }
}
