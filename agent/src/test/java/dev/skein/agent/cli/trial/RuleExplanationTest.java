// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.cli.Skein;
import dev.skein.agent.cli.common.Output;
import dev.skein.engine.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class RuleExplanationTest {
    private final ByteArrayOutputStream results = new ByteArrayOutputStream();
    private final ByteArrayOutputStream talk = new ByteArrayOutputStream();

    private int skein(String... words) {
        results.reset();
        talk.reset();
        return Skein.run(Output.plain(stream(results), stream(talk)), words);
    }

    private static PrintStream stream(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }

    private String result() {
        return results.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aRuleIsExplainedByItsIdOrItsName() {
        assertThat(skein("lint", "--explain", "SK103")).isZero();
        var byId = result();
        assertThat(byId)
                .startsWith("SK103 concurrent-in-transaction, error\n\nWhat: a statement")
                .contains("\nWhy: ", "\nInstead: ", "\nGiven:\n    CREATE TABLE users")
                .contains("\nBad:\n    CREATE INDEX CONCURRENTLY users_mail")
                .contains("\nGood, in a revision with --@ transaction: none:\n    CREATE INDEX");
        assertThat(skein("lint", "--explain=concurrent-in-transaction")).isZero();
        assertThat(result()).isEqualTo(byId);
    }

    @Test
    void programsReadTheSame() throws Exception {
        assertThat(skein("lint", "--explain", "SK103", "--json")).isZero();
        var rule = Json.mapper().readTree(result());
        assertThat(rule.path("id").asText()).isEqualTo("SK103");
        assertThat(rule.path("name").asText()).isEqualTo("concurrent-in-transaction");
        for (var part : List.of("what", "why", "instead", "given")) {
            assertThat(rule.path(part).asText()).as(part).isNotEmpty();
        }
        assertThat(rule.path("bad").path("sql").asText()).startsWith("CREATE INDEX");
        assertThat(rule.path("good").path("alone").asBoolean()).isTrue();
    }

    @Test
    void anUnknownOneIsRefusedWithWhatIsNear() {
        assertThat(skein("lint", "--explain", "drop-tabel")).isEqualTo(2);
        assertThat(result()).isEmpty();
        assertThat(talk.toString(StandardCharsets.UTF_8))
                .contains("--explain drop-tabel: there is no such rule; did you mean 'drop-table'?")
                .contains("SK103");
    }
}
