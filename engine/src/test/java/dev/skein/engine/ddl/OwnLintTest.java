// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.CatalogReader;
import dev.skein.engine.ddl.text.DdlStatement;
import dev.skein.engine.lint.LintFinding;
import dev.skein.engine.lint.Linter;
import dev.skein.engine.lint.rules.RuleCatalog;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.scratch.ScratchDatabase;
import dev.skein.engine.scratch.ScratchServer;
import dev.skein.engine.script.ScriptParser;
import dev.skein.engine.script.Scripts;
import dev.skein.engine.testing.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is generated stands lint, but for what the change itself asks for. */
@Execution(ExecutionMode.CONCURRENT)
class OwnLintTest {
    private static final Duration BOUND = Duration.ofMinutes(2);
    private static PgClient client = PgClient.create();
    private static ScratchServer server =
            ScratchServer.startTrusted(client, TestServer.get().programs());

    /** What the change itself asks for, in whatever form it is written. */
    private static final Map<String, String> ASKED =
            Map.ofEntries(
                    entry("what is to go goes", "SK301 SK302 SK303 SK305 SK306 SK309 SK507 SK508"),
                    entry("types are to be others", "SK115 SK116 SK118 SK119 SK307 SK506 SK708"),
                    entry("rows may not fit", "SK401 SK402 SK404 SK405 SK406"),
                    entry("there is no form that does not block", "SK110"),
                    entry("triggers and settings are wished for", "SK122 SK132 SK133 SK135"),
                    entry(
                            "the desired schema is written so",
                            "SK702 SK703 SK705 SK706 SK707 SK709 SK710 SK713 SK715"),
                    entry(
                            "each statement is one that can be read and taken back",
                            "SK125 SK126 SK127 SK128 SK134"),
                    entry("an index stands beside its successor for a revision", "SK711"));

    /** What has a form that blocks less, but not one that holds for every tenant. */
    private static final Set<String> SAID =
            Set.of("SK102", "SK107", "SK109", "SK113", "SK123", "SK124");

    private static final int SAMPLE = 9;

    @AfterAll
    static void stop() {
        server.close();
        client.close();
    }

    /** Some of the pairs, spread over all; or those that -Dskein.test.pairs names. */
    static Stream<Pair> pairs() {
        var all = DdlTest.pairs().toList();
        var named = !Set.of("0", "1", "2").contains(System.getProperty("skein.test.pairs", "0"));
        return IntStream.range(0, all.size())
                .filter(i -> named || i % SAMPLE == 0 || isOfPartitions(all.get(i), i))
                .mapToObj(all::get);
    }

    private static boolean isOfPartitions(Pair pair, int place) {
        return pair.name().matches(".*(attached|detached|partition).*") && place % 3 == 0;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pairs")
    void findsOnlyWhatTheChangeAsksFor(Pair pair) {
        try (var database = server.database();
                var copy = server.database()) {
            database.run(pair.before(), BOUND);
            copy.run(pair.before(), BOUND);
            copy.run(pair.change(), BOUND);
            var parts = ChangePart.of(Ddl.between(read(database), read(copy), true));
            for (var finding : lint(pair, parts)) {
                var asked =
                        ASKED.values().stream().anyMatch(ids -> ids.contains(finding.rule()))
                                || isTakenAlong(finding, pair, parts);
                var said = SAID.contains(finding.rule()) && isSaid(finding, parts);
                assertThat(asked || said).as("%s", finding).isTrue();
            }
        }
    }

    /** An index goes in no other way where keys of partitions stand behind it. */
    private static boolean isTakenAlong(LintFinding finding, Pair pair, List<ChangePart> parts) {
        return finding.rule().equals("SK304")
                && pair.change().contains(" CASCADE")
                && part(finding, parts).statements().stream()
                        .anyMatch(s -> s.sql().matches("DROP INDEX .* CASCADE"));
    }

    private static ChangePart part(LintFinding finding, List<ChangePart> parts) {
        return parts.get(Integer.parseInt(finding.revision().substring(1)) - 1);
    }

    /** Whether the revision itself says what is not possible while it runs. */
    private static boolean isSaid(LintFinding finding, List<ChangePart> parts) {
        return part(finding, parts).statements().stream().anyMatch(s -> s.meanwhile() != null);
    }

    @Test
    void aColumnOfAForeignTableIsNotHeldAgainstRows() {
        var pair = Pair.all().stream().filter(p -> p.name().equals("foreign table's columns"));
        var one = pair.findFirst().orElseThrow();
        assertThat(one.change()).contains("NOT NULL");
        try (var database = server.database();
                var copy = server.database()) {
            database.run(one.before(), BOUND);
            copy.run(one.before() + ";" + one.change(), BOUND);
            var parts = ChangePart.of(Ddl.between(read(database), read(copy), true));
            assertThat(lint(one, parts)).extracting(LintFinding::rule).doesNotContain("SK402");
        }
    }

    private static List<LintFinding> lint(Pair pair, List<ChangePart> parts) {
        var files = new ArrayList<String>();
        files.add(file(0, "", pair.before()));
        for (var part : parts) {
            var sql =
                    String.join(";\n", part.statements().stream().map(DdlStatement::sql).toList());
            var head = part.transactional() ? "" : "--@ transaction: none\n";
            var first = part.transactional() ? "SET LOCAL check_function_bodies = off;\n" : "";
            files.add(file(files.size(), head, first + sql));
        }
        var scripts = Scripts.of(files.stream().map(f -> ScriptParser.parse("f.sql", f)).toList());
        var ids = IntStream.range(1, files.size()).mapToObj(i -> "r" + i).toList();
        try (var linter = new Linter(server, scripts, BOUND, RuleCatalog.ALL, Map.of(), Set.of())) {
            return linter.run(ids, one -> {});
        }
    }

    private static String file(int number, String head, String sql) {
        return """
        --@ revision: r%d
        --@ revises: %s
        %s--@ downgrade: irreversible "a test"

        --@ upgrade
        %s;
        """
                .formatted(number, number == 0 ? "" : "r" + (number - 1), head, sql);
    }

    private static Catalog read(ScratchDatabase database) {
        try (var session = database.open()) {
            return CatalogReader.readWithNeeds(session);
        }
    }
}
