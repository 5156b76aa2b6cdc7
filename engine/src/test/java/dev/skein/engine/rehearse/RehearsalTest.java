// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.rehearse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.scratch.ScratchServer;
import dev.skein.engine.script.ScriptParser;
import dev.skein.engine.script.Scripts;
import dev.skein.engine.testing.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

    private List<Rehearsed> rehearse() {
        var scripts =
                Scripts.of(
                        files.stream()
                                .map(f -> ScriptParser.parse(f.substring(14, 15) + ".sql", f))
                                .toList());
        var seen = new ArrayList<Rehearsed>();
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
                .extracting(Rehearsed::grade)
                .containsExactly(
                        Grade.SHAPE_PROVEN,
                        Grade.DIFFERS,
                        Grade.SHAPE_PROVEN,
                        Grade.FAILS,
                        Grade.IRREVERSIBLE);
        assertThat(results.get(1).differences())
                .containsExactly("column public.t.z is there and was not");
        assertThat(results.get(2).gone()).containsExactly("public.t.x");
        assertThat(results.get(3).found()).contains("the way back").contains("is not a table");
        assertThat(results.get(4).found()).isEqualTo("nobody knows it any more");
        assertThat(results.get(0).after()).isEqualTo(results.get(1).before());
    }

    @Test
    void branchesAndMergesAreTriedOnWhatTheyNeedAlone() {
        with("a", "", "CREATE TABLE a (id int)", "DROP TABLE a");
        with("b", "a", "CREATE TABLE b (id int)", "DROP TABLE b");
        with("c", "a", "CREATE TABLE c (id int)", "DROP TABLE c");
        with("d", "b, c", "CREATE TABLE d (id int)", "DROP TABLE d");
        assertThat(rehearse()).extracting(Rehearsed::grade).containsOnly(Grade.SHAPE_PROVEN);
    }

    @Test
    void whatNeedsAFailedRevisionFailsWithItsName() {
        with("a", "", "CREATE TABLE a (id nonsense)", "DROP TABLE a");
        with("b", "a", "CREATE TABLE b (id int)", "DROP TABLE b");
        with("c", "", "CREATE ROLE somebody", "DROP ROLE somebody");
        with("d", "", "SELECT pg_sleep(60)", "SELECT 1");
        var results = rehearse();
        assertThat(results).extracting(Rehearsed::grade).containsOnly(Grade.FAILS);
        assertThat(results)
                .extracting(Rehearsed::found)
                .satisfiesExactlyInAnyOrder(
                        found -> assertThat(found).contains("type \"nonsense\" does not exist"),
                        found -> assertThat(found).isEqualTo("revision a, which it needs, fails"),
                        found -> assertThat(found).contains("reaches beyond the database"),
                        found -> assertThat(found).contains("statement timeout"));
    }
}
