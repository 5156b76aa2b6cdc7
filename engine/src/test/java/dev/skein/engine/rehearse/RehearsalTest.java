// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.rehearse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.event.RehearsalGrade;
import dev.skein.engine.event.RehearsalResult;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.scratch.ScratchServer;
import dev.skein.engine.script.ScriptParser;
import dev.skein.engine.script.Scripts;
import dev.skein.engine.testing.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RehearsalTest {
    private static final Duration BOUND = Duration.ofSeconds(5);
    private final List<String> files = new ArrayList<>();

    private RehearsalTest with(String id, String revises, String up, String down) {
        files.add(
                "--@ revision: %s\n--@ revises: %s\n--@ upgrade\n%s;\n--@ downgrade%s"
                        .formatted(
                                id,
                                revises,
                                up,
                                down.startsWith(":") ? down : "\n" + down + ";\n"));
        return this;
    }

    private Scripts scripts() {
        return Scripts.of(
                files.stream()
                        .map(f -> ScriptParser.parse(f.substring(14, 15) + ".sql", f))
                        .toList());
    }

    private List<RehearsalResult> rehearse() {
        var scripts = scripts();
        var seen = new ArrayList<RehearsalResult>();
        try (var client = PgClient.create();
                var server = ScratchServer.start(client, TestServer.get().programs());
                var rehearsal = new Rehearsal(server, scripts, BOUND)) {
            var ids = scripts.graph().inOrder().stream().map(r -> r.id()).toList();
            var results = rehearsal.run(ids, seen::add);
            assertThat(seen).isEqualTo(results);
            return results;
        }
    }

    @Test
    void theWayBackIsGradedByWhereItLeads() {
        with("a", "", "CREATE TABLE t (id int, x int)", "DROP TABLE t");
        with("b", "a", "ALTER TABLE t ADD y int, ADD z int", "ALTER TABLE t DROP y");
        with("c", "b", "ALTER TABLE t DROP x", "ALTER TABLE t ADD x int");
        with("d", "c", "CREATE VIEW v AS SELECT id FROM t", "DROP TABLE v");
        with("e", "d", "DROP VIEW v", ": irreversible \"nobody knows it any more\"\n");
        var results = rehearse();
        assertThat(results)
                .as(results.toString())
                .extracting(RehearsalResult::grade)
                .containsExactly(
                        RehearsalGrade.SHAPE_PROVEN,
                        RehearsalGrade.DIFFERS,
                        RehearsalGrade.SHAPE_PROVEN,
                        RehearsalGrade.FAILS,
                        RehearsalGrade.IRREVERSIBLE);
        assertThat(results.get(1).differences())
                .containsExactly("column public.t.z is there and was not");
        assertThat(results.get(2).gone()).containsExactly("public.t.x");
        assertThat(results.get(3).found()).contains("the way back").contains("is not a table");
        assertThat(results.get(4).found()).isEqualTo("nobody knows it any more");
        assertThat(results.get(0).after()).isEqualTo(results.get(1).before());
    }

    @Test
    void aDowngradeWithoutAStatementIsNoWayBack() {
        with("a", "", "SELECT 1", "-- nothing to do");
        with("b", "a", "", "");
        var results = rehearse();
        assertThat(results)
                .extracting(RehearsalResult::grade)
                .containsExactly(RehearsalGrade.FAILS, RehearsalGrade.SHAPE_PROVEN);
        assertThat(results.getFirst().found()).contains("has no downgrade");
    }

    @Test
    void aConflictThatDoesNothingLeavesNothingBehind() {
        with(
                "a",
                "",
                "CREATE TABLE p (c text PRIMARY KEY); INSERT INTO p VALUES ('free') ON CONFLICT DO"
                        + " NOTHING",
                "DROP TABLE p");
        assertThat(rehearse())
                .extracting(RehearsalResult::grade)
                .containsExactly(RehearsalGrade.SHAPE_PROVEN);
    }

    @Test
    void rowsAreComparedWhereThereAreSome() {
        with(
                "a",
                "",
                "CREATE TABLE u (id int PRIMARY KEY, n text); CREATE TABLE e (x int)",
                "DROP TABLE e; DROP TABLE u");
        with("b", "a", "ALTER TABLE u ADD y int DEFAULT 3", "ALTER TABLE u DROP y");
        with("c", "b", "ALTER TABLE u DROP n", "ALTER TABLE u ADD n text");
        with("d", "c", "UPDATE u SET id = id + 100", "SELECT 1");
        with("e", "d", "ALTER TABLE e ADD z int", "ALTER TABLE e DROP z");
        with("f", "e", "CREATE TABLE f (id int)", "DROP TABLE f");
        with("h", "f", "DELETE FROM e", "SELECT 1");
        with("i", "h", "ALTER TABLE u ADD w int", "ALTER TABLE u DROP w");
        with("j", "i", "ALTER TABLE u DROP w", "ALTER TABLE u ADD w int");
        with("g", "j", "DELETE FROM u WHERE id = 101", "INSERT INTO u (id, y) VALUES (101, 7)");
        var scripts = scripts();
        try (var client = PgClient.create();
                var server = ScratchServer.start(client, TestServer.get().programs());
                var filled = server.database()) {
            new RevisionReplay(scripts, BOUND).up(filled, List.of("a"));
            filled.run("INSERT INTO u VALUES (1, 'one'), (2, 'two')", BOUND);
            var origin = RehearsalOrigin.of(filled, Set.of("a"));
            try (var rehearsal = new Rehearsal(origin, scripts, BOUND)) {
                var ids = List.of("b", "c", "d", "e", "f", "h", "i", "j", "g");
                var results = rehearsal.run(ids, one -> {});
                assertThat(results)
                        .as(results.toString())
                        .extracting(RehearsalResult::grade)
                        .containsExactly(
                                RehearsalGrade.DATA_PROVEN,
                                RehearsalGrade.LOSSY,
                                RehearsalGrade.LOSSY,
                                RehearsalGrade.SHAPE_PROVEN,
                                RehearsalGrade.DATA_PROVEN,
                                RehearsalGrade.SHAPE_PROVEN,
                                RehearsalGrade.DATA_PROVEN,
                                RehearsalGrade.SHAPE_PROVEN,
                                RehearsalGrade.LOSSY);
                assertThat(results.get(5).found()).endsWith("it changes rows, and none of these");
                assertThat(results.get(7).found()).endsWith("there are no values in public.u.w");
                assertThat(results.get(1).lost()).containsExactly("public.u: other values in n");
                assertThat(results.get(2).lost()).containsExactly("public.u: other values in id");
                assertThat(results.get(3).found()).endsWith("there are none in public.e");
                assertThat(results.get(8).lost()).containsExactly("public.u: other values in y");
            }
        }
    }

    @Test
    void aCopyOfADatabaseThatSkeinNeverSawIsAsGood() {
        with("a", "", "ALTER TABLE old ADD y int DEFAULT 3", "ALTER TABLE old DROP y");
        try (var client = PgClient.create();
                var server = ScratchServer.start(client, TestServer.get().programs());
                var filled = server.database()) {
            filled.run("CREATE TABLE old (x int); INSERT INTO old VALUES (1)", BOUND);
            var origin = RehearsalOrigin.of(filled, Set.of());
            try (var rehearsal = new Rehearsal(origin, scripts(), BOUND)) {
                var results = rehearsal.run(List.of("a"), one -> {});
                assertThat(results.getFirst().grade())
                        .as(results.toString())
                        .isEqualTo(RehearsalGrade.DATA_PROVEN);
                assertThat(results.getFirst().made()).containsExactly("public.old.y");
            }
        }
    }

    @Test
    void whatOnlyAddsIsTold() {
        with(
                "a",
                "",
                "CREATE TABLE t (id int PRIMARY KEY); CREATE INDEX ON t (id)",
                "DROP TABLE t");
        with("b", "a", "CREATE INDEX i ON t (id)", "DROP INDEX i");
        with("c", "b", "CREATE VIEW v AS SELECT 1; COMMENT ON VIEW v IS 'new'", "DROP VIEW v");
        with("d", "c", "ALTER TABLE t ADD x int", "ALTER TABLE t DROP x");
        with("e", "d", "CREATE TABLE u AS SELECT * FROM t", "DROP TABLE u");
        with("f", "e", "DROP VIEW v; CREATE VIEW v AS SELECT 1", "SELECT 1");
        with("g", "f", "CREATE OR REPLACE VIEW v AS SELECT 1 UNION ALL SELECT 2", "SELECT 1");
        with("h", "g", "CREATE TABLE w (id int REFERENCES t)", "DROP TABLE w");
        with("i", "h", "DO 'BEGIN END'", "SELECT 1");
        with("j", "i", "COMMENT ON TABLE t IS 'changed'", "COMMENT ON TABLE t IS NULL");
        var additive =
                rehearse().stream()
                        .filter(RehearsalResult::additive)
                        .map(RehearsalResult::revision)
                        .toList();
        assertThat(additive).containsExactly("a", "b", "c", "h");
    }

    @Test
    void branchesAndMergesAreTriedOnWhatTheyNeedAlone() {
        with("a", "", "CREATE TABLE a (id int)", "DROP TABLE a");
        with("b", "a", "CREATE TABLE b (id int)", "DROP TABLE b");
        with("c", "a", "CREATE TABLE c (id int)", "DROP TABLE c");
        with("d", "b, c", "CREATE TABLE d (id int)", "DROP TABLE d");
        assertThat(rehearse())
                .extracting(RehearsalResult::grade)
                .containsOnly(RehearsalGrade.SHAPE_PROVEN);
    }

    @Test
    void branchesCommuteOrNot() {
        with("a", "", "CREATE TABLE t (id int); CREATE TABLE u (id int)", "DROP TABLE t");
        with("b", "a", "ALTER TABLE t ADD b int", "ALTER TABLE t DROP b");
        with("c", "a", "ALTER TABLE t ADD c int", "ALTER TABLE t DROP c");
        with("d", "a", "CREATE VIEW v AS SELECT * FROM t", "DROP VIEW v");
        with("e", "a", "DROP TABLE u", "CREATE TABLE u (id int)");
        with("f", "a", "CREATE TABLE w (LIKE u)", "DROP TABLE w");
        var replay = new RevisionReplay(scripts(), BOUND);
        try (var client = PgClient.create();
                var server = ScratchServer.start(client, TestServer.get().programs())) {
            assertThat(CommutationCheck.differences(server, replay, List.of("b", "c", "e")))
                    .isEmpty();
            assertThat(CommutationCheck.differences(server, replay, List.of("b", "c", "d")))
                    .hasSize(2)
                    .allMatch(words -> words.contains("public.v"));
            assertThat(CommutationCheck.differences(server, replay, List.of("e", "f")))
                    .singleElement()
                    .asString()
                    .startsWith("e then f")
                    .contains("does not exist");
        }
    }

    @Test
    void whatNeedsAFailedRevisionFailsWithItsName() {
        with("a", "", "CREATE TABLE a (id nonsense)", "DROP TABLE a");
        with("b", "a", "CREATE TABLE b (id int)", "DROP TABLE b");
        with("c", "", "CREATE ROLE somebody", "DROP ROLE somebody");
        with("d", "", "SELECT pg_sleep(60)", "SELECT 1");
        var results = rehearse();
        assertThat(results).extracting(RehearsalResult::grade).containsOnly(RehearsalGrade.FAILS);
        assertThat(results)
                .extracting(RehearsalResult::found)
                .satisfiesExactlyInAnyOrder(
                        found -> assertThat(found).contains("type \"nonsense\" does not exist"),
                        found -> assertThat(found).isEqualTo("revision a, which it needs, fails"),
                        found -> assertThat(found).contains("reaches beyond the database"),
                        found -> assertThat(found).contains("statement timeout"));
    }
}
