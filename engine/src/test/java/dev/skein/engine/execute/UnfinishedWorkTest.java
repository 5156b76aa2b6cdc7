// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.execute.order.Goal;
import dev.skein.engine.execute.order.Outcome;
import dev.skein.engine.execute.order.Progress;
import dev.skein.engine.execute.session.TenantSession;
import dev.skein.engine.journal.EntryBody;
import dev.skein.engine.journal.EntryDraft;
import dev.skein.engine.journal.EntryKind;
import dev.skein.engine.journal.Journal;
import dev.skein.engine.testing.MigrationSetting;
import dev.skein.engine.testing.TestDatabase;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UnfinishedWorkTest {
    private static final Goal.Stamp WHAT_STANDS = new Goal.Stamp(List.of("a"), false);
    private static final String OPAQUE =
            "--@ transaction: none\n--@ upgrade\nCALL later();\n--@ downgrade\nSELECT 1;\n";

    @RegisterExtension final TestDatabase database = new TestDatabase();
    private MigrationSetting given = new MigrationSetting(database);

    @BeforeEach
    void oneIsApplied() {
        given =
                new MigrationSetting(database)
                        .revision(
                                "a",
                                "--@ upgrade\n"
                                    + "CREATE TABLE a (id int PRIMARY KEY, n int);\n"
                                    + "INSERT INTO a SELECT g, 0 FROM generate_series(1, 9) g;\n"
                                    + "CREATE PROCEDURE later() LANGUAGE sql AS 'SELECT';\n"
                                    + "--@ downgrade\n"
                                    + "DROP PROCEDURE later; DROP TABLE a;\n");
        assertThat(given.up()).isInstanceOf(Outcome.Done.class);
    }

    private boolean isUnderWay() {
        try (var session = database.open()) {
            return new Journal(session, "").isUnderWay();
        }
    }

    private String stamped() {
        return database.value(
                "SELECT string_agg(body, '|') FROM (SELECT convert_from(body, 'UTF8') AS body FROM"
                        + " skein.entry) AS e WHERE body LIKE 'stamp%'");
    }

    /** A run that ended behind an INTENT of the second revision, and others that failed since. */
    private void cutOff(int failures) {
        given.revision("b", OPAQUE);
        var script = given.scripts().get("b");
        var order = given.order(new Goal.Upgrade("heads"), null);
        try (var contact =
                TenantSession.open(database.client(), order, Clock.systemUTC(), Progress.NONE)) {
            var state = contact.fence().orElseThrow();
            var sql = script.upgrade().statements().getFirst().sql();
            var version = new EntryBody.RevisionVersion("b", script.checksum());
            var intent = new EntryBody.Intent(version, 1, false);
            state = contact.append(state, new EntryDraft(state.heads(), sql, intent));
            for (int i = 0; i < failures; i++) {
                var failed = new EntryBody.Failed(version, 1, "XX000", "");
                state = contact.append(state, new EntryDraft(state.heads(), "", failed));
            }
            contact.release();
        }
    }

    @Test
    void aStatementThatWasCutOffIsFoundHoweverManyEntriesFollowedIt() {
        cutOff(200);
        assertThat(isUnderWay()).isTrue();
        assertThat(((Outcome.Failed) given.up()).error().sqlState()).isEqualTo("SK020");
        assertThat(isUnderWay()).isTrue();
    }

    @Test
    void aStampOfWhatStandsSettlesAStatementThatWasCutOff() {
        cutOff(0);
        var failed = (Outcome.Failed) given.up();
        assertThat(failed.error().remedy())
                .contains("then: skein stamp b; or undo")
                .endsWith("then: skein stamp a");
        assertThat(given.run(WHAT_STANDS)).isInstanceOf(Outcome.Done.class);
        assertThat(isUnderWay()).isFalse();
        assertThat(stamped()).isEqualTo("stamp a; settles what was begun of b");
        assertThat(given.history().stream().filter(e -> e.kind() == EntryKind.STAMPED))
                .singleElement()
                .satisfies(e -> assertThat(e.fingerprint()).isNotNull());
        assertThat(given.run(WHAT_STANDS)).isInstanceOf(Outcome.Done.class);
        assertThat(given.kinds()).as("once").containsOnlyOnce("stamped");
        assertThat(given.up()).isInstanceOf(Outcome.Done.class);
        assertThat(given.history()).last().matches(e -> e.heads().contains("b"));
    }

    @Test
    void aStampOfWhatStandsGivesABatchedChangeUp() {
        given.revision(
                "b",
                "--@ batch: a by id, 3 rows\n--@ upgrade\nUPDATE a SET n = n + 1 / (5 - id) * 0 + 1"
                        + " WHERE id BETWEEN :from AND :to;\n--@ downgrade\nSELECT 1;\n");
        assertThat(given.up()).isInstanceOf(Outcome.Failed.class);
        var refused = (Outcome.Refused) given.down("base");
        assertThat(refused.reason().remedy()).endsWith("give it up: skein stamp a");
        assertThat(given.run(WHAT_STANDS)).isInstanceOf(Outcome.Done.class);
        assertThat(stamped()).isEqualTo("stamp a; settles the batched upgrade of b (3 rows done)");
        assertThat(given.down("base")).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void aStampOfWhatStandsSettlesChecksBehindACommit() {
        given.revision("b", "--@ upgrade\nCREATE TABLE b ();\n--@ verify: after\nSELECT false;\n");
        assertThat(given.up()).isInstanceOf(Outcome.Failed.class);
        assertThat(given.run(new Goal.Stamp(List.of("b"), false))).isInstanceOf(Outcome.Done.class);
        assertThat(stamped()).isEqualTo("stamp b; settles the checks of b");
        assertThat(given.table("c").up()).isInstanceOf(Outcome.Done.class);
    }
}
