// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.engine.Resources;
import dev.skein.engine.lint.rules.Rules;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.scratch.ScratchServer;
import dev.skein.engine.script.ScriptParser;
import dev.skein.engine.script.Scripts;
import dev.skein.engine.testing.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LinterTest {
    private static final Duration BOUND = Duration.ofSeconds(10);
    private static final PgClient CLIENT = PgClient.create();
    private static final ScratchServer SERVER =
            ScratchServer.start(CLIENT, TestServer.get().programs());

    /** What a rule must find, or must not. */
    record Example(String rule, String setup, boolean bad, boolean alone, String sql) {
        @Override
        public String toString() {
            return rule + (bad ? " finds " : " is silent about ") + sql;
        }
    }

    @AfterAll
    static void stop() {
        SERVER.close();
        CLIENT.close();
    }

    static Stream<Example> examples() {
        var examples = new ArrayList<Example>();
        for (var block : Resources.text(LinterTest.class, "rules.sql").split("(?m)^-- (?=SK)")) {
            if (block.isBlank()) {
                continue;
            }
            var parts = block.split("(?m)^-- (?=bad|good)");
            var rule = parts[0].substring(0, 5);
            for (int i = 1; i < parts.length; i++) {
                int end = parts[i].indexOf('\n');
                var head = parts[i].substring(0, end);
                examples.add(
                        new Example(
                                rule,
                                parts[0].substring(6).strip(),
                                head.startsWith("bad"),
                                head.contains("alone"),
                                parts[i].substring(end + 1).strip()));
            }
        }
        return examples.stream();
    }

    private static String file(String id, String parent, String header, String up) {
        return "--@ revision: %s\n--@ revises: %s\n%s\n--@ upgrade\n%s\n--@ downgrade\nSELECT 1;\n"
                .formatted(id, parent, header, up);
    }

    private static List<Finding> lint(List<String> files, String id, Set<String> off) {
        var scripts = Scripts.of(files.stream().map(f -> ScriptParser.parse("f.sql", f)).toList());
        try (var linter = new Linter(SERVER, scripts, BOUND, Rules.ALL, Map.of(), off)) {
            return linter.run(List.of(id), one -> {});
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void eachRuleFindsWhatItIsFor(Example example) {
        var header = example.alone() ? "--@ transaction: none\n" : "";
        var files =
                List.of(file("a", "", "", example.setup()), file("b", "a", header, example.sql()));
        var rules = lint(files, "b", Set.of()).stream().map(Finding::rule).toList();
        if (example.bad()) {
            assertThat(rules).contains(example.rule());
        } else {
            assertThat(rules).doesNotContain(example.rule());
        }
    }

    @Test
    void everyRuleHasExamplesOfBothKinds() {
        var bad =
                examples()
                        .collect(
                                Collectors.groupingBy(
                                        Example::rule,
                                        Collectors.mapping(Example::bad, Collectors.toSet())));
        for (var rule : Rules.ALL) {
            assertThat(bad.getOrDefault(rule.id(), Set.of()))
                    .as(rule.id())
                    .containsExactlyInAnyOrder(true, false);
        }
        assertThat(Rules.ALL).extracting(Rule::id).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void findingsNameTheLineAndCanBeAllowedOrSwitchedOff() {
        var first = file("a", "", "", "CREATE TABLE t (id int PRIMARY KEY, x int);");
        var drop = "SELECT 1;\n\nALTER TABLE t DROP COLUMN x;";
        assertThat(lint(List.of(first, file("b", "a", "", drop)), "b", Set.of()))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.rule()).isEqualTo("SK302");
                    assertThat(finding.line()).isEqualTo(7);
                    assertThat(finding.what()).contains("public.t.x");
                });
        var allow = "--@ allow: SK302 \"nobody reads it\"\n--@ allow: SK301 \"never\"";
        assertThat(lint(List.of(first, file("b", "a", allow, drop)), "b", Set.of()))
                .extracting(Finding::rule)
                .containsExactly("SK210");
        assertThat(lint(List.of(first, file("b", "a", "", drop)), "b", Set.of("SK302"))).isEmpty();
    }

    @Test
    void severalHeadsAreSaidOfEach() {
        var files =
                List.of(
                        file("a", "", "", "CREATE SCHEMA a;"),
                        file("b", "a", "", "CREATE SCHEMA b;"),
                        file("c", "a", "", "CREATE SCHEMA c;"));
        assertThat(lint(files, "a", Set.of())).isEmpty();
        assertThat(lint(files, "b", Set.of())).extracting(Finding::rule).containsExactly("SK718");
        assertThat(lint(files, "b", Set.of("SK718"))).isEmpty();
    }

    @Test
    void aRevisionWithoutAWayBackAndOneThatFails() {
        var bare = "--@ revision: a\n--@ revises:\n--@ upgrade\nCREATE SCHEMA s;\n--@ downgrade\n";
        assertThat(lint(List.of(bare), "a", Set.of()))
                .extracting(Finding::rule)
                .containsExactly("SK308");
        var shell = file("a", "", "", "CREATE TABLE t (a text); COPY t FROM PROGRAM 'id';");
        assertThatThrownBy(() -> lint(List.of(shell), "a", Set.of()))
                .hasMessageContaining("it cannot be run on the scratch server")
                .hasMessageContaining("--superuser");
        var role = file("a", "", "", "CREATE ROLE somebody;");
        assertThatThrownBy(() -> lint(List.of(role), "a", Set.of()))
                .hasMessageContaining("reaches beyond the database");
        var broken = file("a", "", "", "CREATE TABLE t (id nonsense);");
        assertThatThrownBy(() -> lint(List.of(broken), "a", Set.of()))
                .hasMessageContaining("Revision a (f.sql)")
                .hasMessageContaining("type \"nonsense\" does not exist");
    }
}
