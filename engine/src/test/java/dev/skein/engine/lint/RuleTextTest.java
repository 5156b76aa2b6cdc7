// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.lint.RuleText.Example;
import dev.skein.engine.lint.rules.RuleCatalog;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.scratch.ScratchServer;
import dev.skein.engine.script.ScriptParser;
import dev.skein.engine.script.Scripts;
import dev.skein.engine.testing.TestServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RuleTextTest {
    private static final Duration BOUND = Duration.ofMinutes(2);
    private static final PgClient CLIENT = PgClient.create();
    private static final ScratchServer SERVER =
            ScratchServer.start(CLIENT, TestServer.get().programs());

    @AfterAll
    static void stop() {
        SERVER.close();
        CLIENT.close();
    }

    private static List<RuleText> texts() {
        return RuleText.ofEveryRule();
    }

    @Test
    void everyRuleHasOneOfItsNameAndLevel() {
        assertThat(texts()).extracting(RuleText::id).doesNotHaveDuplicates().isSorted();
        assertThat(texts()).extracting(RuleText::name).doesNotHaveDuplicates();
        assertThat(RuleCatalog.ALL).extracting(LintRule::id).doesNotHaveDuplicates().isSorted();
        for (var rule : RuleCatalog.ALL) {
            assertThat(RuleText.of(rule.id()))
                    .as(rule.id())
                    .hasValueSatisfying(text -> {
                        assertThat(text.name()).isEqualTo(rule.name());
                        assertThat(text.level()).isEqualTo(rule.level());
                    });
        }
        var ids = RuleCatalog.ALL.stream().map(LintRule::id).toList();
        assertThat(texts())
                .extracting(RuleText::id)
                .filteredOn(id -> !ids.contains(id))
                .as("what is judged of a whole file")
                .containsExactly("SK210", "SK308", "SK718", "SK900", "SK901");
    }

    @ParameterizedTest
    @MethodSource("texts")
    void eachHasAllItsParts(RuleText text) {
        assertThat(text.what()).isNotEmpty().doesNotEndWith(".").doesNotContain("--");
        assertThat(text.why()).endsWith(".").doesNotContain("\n");
        assertThat(text.instead()).isNotEmpty().doesNotContain("\n");
        assertThat(text.bad().sql()).isNotEmpty();
        assertThat(text.good().sql()).isNotEmpty();
        assertThat(text.given().isEmpty()).isEqualTo(text.bad().wholeFiles());
        assertThat(text.good().wholeFiles()).isEqualTo(text.bad().wholeFiles());
    }

    @ParameterizedTest
    @MethodSource("texts")
    void whatItCallsBadIsFoundAndWhatItCallsGoodIsNot(RuleText text) {
        assertThat(lint(text.given(), text.bad()))
                .filteredOn(finding -> finding.rule().equals(text.id()))
                .isNotEmpty()
                .allSatisfy(finding -> {
                    assertThat(finding.name()).isEqualTo(text.name());
                    assertThat(finding.level()).isEqualTo(text.level());
                });
        assertThat(lint(text.given(), text.good()))
                .extracting(LintFinding::rule)
                .doesNotContain(text.id(), "SK900");
    }

    @Test
    void oneIsFoundByIdAndByName() {
        assertThat(RuleText.of("concurrent-in-transaction")).isEqualTo(RuleText.of("sk103"));
        assertThat(RuleText.of("SK103")).isPresent();
        assertThat(RuleText.of("SK999")).isEmpty();
        assertThat(RuleText.words()).contains("SK103", "concurrent-in-transaction");
    }

    /** Files as they are; else what was given as the older revision, and the example after it. */
    private static List<LintFinding> lint(String given, Example example) {
        var files =
                example.wholeFiles()
                        ? Stream.of(example.sql().split("(?m)^(?=--@ revision:)"))
                        : Stream.of(
                                file("given", "", false, given),
                                file("a", "given", example.alone(), example.sql()));
        var scripts = Scripts.of(files.map(f -> ScriptParser.parse("f.sql", f)).toList());
        try (var linter = new Linter(SERVER, scripts, BOUND, RuleCatalog.ALL, Map.of(), Set.of())) {
            return linter.run(List.of("a"), one -> {});
        }
    }

    private static String file(String id, String parent, boolean alone, String sql) {
        return """
        --@ revision: %s
        --@ revises: %s
        %s--@ upgrade
        %s
        --@ downgrade
        SELECT 1;
        """
                .formatted(id, parent, alone ? "--@ transaction: none\n" : "", sql);
    }
}
