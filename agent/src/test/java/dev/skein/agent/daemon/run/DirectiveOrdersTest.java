// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.daemon.discover.ServerDatabase;
import dev.skein.engine.Json;
import dev.skein.engine.event.DatabaseReport.Kind;
import dev.skein.engine.event.Directive;
import dev.skein.engine.execute.Migrator;
import dev.skein.engine.execute.order.Brake;
import dev.skein.engine.execute.order.Goal;
import dev.skein.engine.execute.order.Limits;
import dev.skein.engine.execute.order.MigrationOrder;
import dev.skein.engine.execute.order.Outcome;
import dev.skein.engine.execute.order.Progress;
import dev.skein.engine.execute.order.Scope;
import dev.skein.engine.journal.Author;
import dev.skein.engine.script.ScriptParser;
import dev.skein.engine.script.Scripts;
import dev.skein.engine.testing.TestDatabase;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a directive says, as it comes over the wire, on a real database. */
class DirectiveOrdersTest {
    private static final Scripts SCRIPTS = Scripts.of(List.of(table("a", ""), table("b", "a")));

    @RegisterExtension final TestDatabase database = new TestDatabase();

    private static dev.skein.engine.script.Script table(String id, String revises) {
        return ScriptParser.parse(
                id + ".sql",
                "--@ revision: %1$s\n--@ revises: %2$s\n--@ upgrade\nCREATE TABLE %1$s ();\n--@ downgrade\nDROP TABLE %1$s;"
                        .formatted(id, revises));
    }

    private Directive directive(long generation, String more) {
        var uid = database.value("SELECT uid FROM skein.state");
        return Json.read(
                """
                {"uid": "%s", "generation": %d, "action": "MIGRATE", "rollout": "r",
                 "bundle": "sha256:0", "target": "heads", "actor": "ann"%s}
                """
                        .formatted(uid, generation, more),
                Directive.class);
    }

    private Outcome obey(Directive directive) {
        var address = database.address();
        var place = new ServerDatabase("s", "d", 1, "1", 15, 0, address, Map.of(), 1, "eu");
        return run(DirectiveOrders.order(directive, place, SCRIPTS));
    }

    /** A database that is at a. */
    private void known() {
        var order =
                new MigrationOrder(
                        database.address(),
                        Scope.at("eu"),
                        SCRIPTS,
                        new Goal.Upgrade("a"),
                        new Author("ann", "r", 1L),
                        Limits.DEFAULT);
        var _ = run(order);
    }

    private Outcome run(MigrationOrder order) {
        return new Migrator(database.client(), Clock.systemUTC())
                .run(order, Brake.OFF, Progress.NONE);
    }

    @Test
    void anotherWayThanTheApprovedOneIsSetAsideAndNothingRuns() {
        known();
        var directive = directive(2, ", \"path\": [\"a\", \"c\"]");
        var outcome = obey(directive);
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        var answer = Objects.requireNonNull(DirectiveEnding.of(directive, outcome).answer());
        assertThat(answer.kind()).isEqualTo(Kind.REFUSED);
        assertThat(answer.aside()).isTrue();
        assertThat(answer.message())
                .contains("it is at a by now", "what was approved was a, c", "plan it again");
        assertThat(database.value("SELECT to_regclass('b') IS NULL")).isEqualTo("true");
    }

    @Test
    void theEndOfTheApprovedWayIsGone() {
        known();
        assertThat(obey(directive(2, ", \"path\": [\"a\", \"b\"]")))
                .isInstanceOf(Outcome.Done.class);
        var back = ", \"takeBack\": [\"b\", \"a\"], \"path\": [\"b\", \"a\"]";
        assertThat(obey(directive(3, back))).isInstanceOf(Outcome.Done.class);
        assertThat(database.value("SELECT to_regclass('a') IS NULL")).isEqualTo("true");
    }

    @Test
    void aDirectiveOfAnOlderControlPlaneGoesWhereItsTargetLeads() {
        known();
        assertThat(obey(directive(2, ""))).isInstanceOf(Outcome.Done.class);
        assertThat(database.value("SELECT to_regclass('b')::text")).isEqualTo("b");
    }
}
