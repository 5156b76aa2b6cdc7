// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.skein.engine.ClassResources;
import dev.skein.engine.lint.rules.RuleCatalog;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LinterTest {
    private static final Duration BOUND = Duration.ofMinutes(2);
    private static final PgClient CLIENT = PgClient.create();
    private static final ScratchServer SERVER =
            ScratchServer.start(CLIENT, TestServer.get().programs());

    /** What a rule must find, or must not, beside what its text says. */
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
        for (var block :
                ClassResources.text(LinterTest.class, "rules.sql").split("(?m)^-- (?=SK)")) {
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

    private static List<LintFinding> lint(List<String> files, String id, Set<String> off) {
        var scripts = Scripts.of(files.stream().map(f -> ScriptParser.parse("f.sql", f)).toList());
        try (var linter = new Linter(SERVER, scripts, BOUND, RuleCatalog.ALL, Map.of(), off)) {
            return linter.run(List.of(id), one -> {});
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void eachRuleFindsWhatItIsFor(Example example) {
        var header = example.alone() ? "--@ transaction: none\n" : "";
        var files =
                List.of(file("a", "", "", example.setup()), file("b", "a", header, example.sql()));
        var rules = lint(files, "b", Set.of()).stream().map(LintFinding::rule).toList();
        if (example.bad()) {
            assertThat(rules).contains(example.rule());
        } else {
            assertThat(rules).doesNotContain(example.rule());
        }
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
                .extracting(LintFinding::rule)
                .containsExactly("SK210");
        assertThat(lint(List.of(first, file("b", "a", "", drop)), "b", Set.of("SK302"))).isEmpty();
    }

    @Test
    void whatWouldDoOtherwiseIsFoundUnlessTheFileAllowsIt() {
        var sql = "CREATE TABLE t (id int PRIMARY KEY);\nSET CONSTRAINTS ALL DEFERRED;";
        var alone = "--@ transaction: none";
        assertThat(lint(List.of(file("a", "", alone, sql)), "a", Set.of("SK901")))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.rule()).isEqualTo("SK901");
                    assertThat(finding.line()).isEqualTo(6);
                });
        var allow = alone + "\n--@ allow: SK901 \"did nothing\"";
        assertThat(lint(List.of(file("a", "", allow, sql)), "a", Set.of())).isEmpty();
    }

    @Test
    void severalHeadsAreSaidOfEach() {
        var files =
                List.of(
                        file("a", "", "", "CREATE SCHEMA a;"),
                        file("b", "a", "", "CREATE SCHEMA b;"),
                        file("c", "a", "", "CREATE SCHEMA c;"));
        assertThat(lint(files, "a", Set.of())).isEmpty();
        assertThat(lint(files, "b", Set.of()))
                .extracting(LintFinding::rule)
                .containsExactly("SK718");
        assertThat(lint(files, "b", Set.of("SK718"))).isEmpty();
    }

    @Test
    void aRevisionWithoutAWayBackAndOneThatFails() {
        var bare = "--@ revision: a\n--@ revises:\n--@ upgrade\nCREATE SCHEMA s;\n--@ downgrade\n";
        assertThat(lint(List.of(bare), "a", Set.of()))
                .extracting(LintFinding::rule)
                .containsExactly("SK308");
    }

    private static List<LintFinding> lintAll(String... files) {
        var scripts =
                Scripts.of(Stream.of(files).map(f -> ScriptParser.parse("f.sql", f)).toList());
        var ids = scripts.graph().inOrder().stream().map(r -> r.id()).toList();
        try (var linter =
                new Linter(SERVER, scripts, BOUND, RuleCatalog.ALL, Map.of(), Set.of("SK718"))) {
            return linter.run(ids, one -> {});
        }
    }

    @Test
    void oneThatCannotBeRunIsAFindingAndTheOthersAreJudged() {
        var findings =
                lintAll(
                        file("a", "", "", "CREATE TABLE t (id int PRIMARY KEY, x int);"),
                        file("b", "a", "", "SELECT 1;\n\nALTER TABLE t\n    ADD y nonsense;"),
                        file("c", "b", "", "ALTER TABLE t DROP x;"),
                        file("d", "c", "", "ALTER TABLE t DROP x;"),
                        file("e", "a", "", "ALTER TABLE t DROP x;"));
        assertThat(findings)
                .extracting(LintFinding::revision, LintFinding::rule, LintFinding::line)
                .containsExactly(tuple("b", "SK900", 8), tuple("e", "SK302", 5));
        assertThat(findings.getFirst().what())
                .isEqualTo(
                        "it cannot be run: type \"nonsense\" does not exist (42704); 2 revisions"
                                + " that need it were not judged");
    }

    @Test
    void whatCannotBeRunSaysWhatToDo() {
        var shell = file("a", "", "", "CREATE TABLE t (a text); COPY t FROM PROGRAM 'id';");
        assertThat(lintAll(shell))
                .filteredOn(f -> f.rule().equals("SK900"))
                .singleElement()
                .satisfies(f -> assertThat(f.instead()).contains("--superuser"));
        assertThat(lintAll(file("a", "", "", "SELECT 1;\nCREATE ROLE somebody;")))
                .filteredOn(f -> f.rule().equals("SK900"))
                .singleElement()
                .satisfies(f -> {
                    assertThat(f.what())
                            .isEqualTo("CREATE ROLE SOMEBODY reaches beyond the database");
                    assertThat(f.line()).isEqualTo(6);
                });
        var value =
                "CREATE TABLE t (m mood);\nALTER TYPE mood ADD VALUE 'sad';\nINSERT INTO t (m)"
                        + " VALUES ('sad');";
        assertThat(
                        lintAll(
                                file("a", "", "", "CREATE TYPE mood AS ENUM ('ok');"),
                                file("b", "a", "", value)))
                .filteredOn(f -> f.rule().equals("SK900"))
                .singleElement()
                .satisfies(f -> {
                    assertThat(f.line()).isEqualTo(7);
                    assertThat(f.instead()).contains("in a revision of its own");
                });
    }

    @Test
    void aLongTextIsJudgedAsAnyOther() {
        var text = "INSERT INTO t VALUES ('" + "x''\"y ".repeat(20_000) + "');";
        assertThat(
                        lintAll(
                                file("a", "", "", "CREATE TABLE t (a text PRIMARY KEY);"),
                                file("b", "a", "", text)))
                .extracting(LintFinding::rule)
                .containsExactly("SK604");
    }

    @Test
    void oneThatIsOnlyNeededIsToldWithItsPlace() {
        var files =
                List.of(
                        file("a", "", "", "CREATE TABLE t (id nonsense);"),
                        file("b", "a", "", "ALTER TABLE t DROP x;"));
        assertThat(lint(files, "b", Set.of("SK718")))
                .singleElement()
                .satisfies(f -> {
                    assertThat(f.revision()).isEqualTo("a");
                    assertThat(f.what()).contains("1 revision that needs it was not judged");
                });
    }

    @Test
    void everyTableThatIsLockedIsNamed() {
        var tables =
                "CREATE TABLE par (id int PRIMARY KEY); CREATE TABLE ch (id int PRIMARY KEY, p int"
                        + " CONSTRAINT fk REFERENCES par);";
        assertThat(
                        lintAll(
                                file("a", "", "", tables),
                                file("b", "a", "", "ALTER TABLE ch DROP CONSTRAINT fk;")))
                .extracting(LintFinding::rule, LintFinding::what)
                .contains(
                        tuple(
                                "SK134",
                                "nobody can use public.par either, until the revision ends"));
    }

    @Test
    void anIndexOnAPartitionedTableBuiltPieceByPieceIsFine() {
        var tables =
                "CREATE TABLE m (a int PRIMARY KEY, b int) PARTITION BY LIST (a); CREATE TABLE m1"
                        + " PARTITION OF m FOR VALUES IN (1);";
        var alone = "--@ transaction: none\n";
        assertThat(
                        lintAll(
                                file("a", "", "", tables),
                                file("b", "a", "", "CREATE INDEX m_b ON ONLY m (b);"),
                                file("c", "b", alone, "CREATE INDEX CONCURRENTLY m1_b ON m1 (b);"),
                                file("d", "c", "", "ALTER INDEX m_b ATTACH PARTITION m1_b;")))
                .isEmpty();
    }

    @Test
    void anIndexOnAPartitionedTableBuiltConcurrentlyIsFine() {
        var tables =
                "CREATE TABLE m (a int PRIMARY KEY, b int) PARTITION BY LIST (a); CREATE TABLE m1"
                        + " PARTITION OF m FOR VALUES IN (1);";
        var index = "CREATE INDEX CONCURRENTLY m_b ON m (b);";
        assertThat(
                        lintAll(
                                file("a", "", "", tables),
                                file("b", "a", "--@ transaction: none\n", index)))
                .isEmpty();
    }
}
