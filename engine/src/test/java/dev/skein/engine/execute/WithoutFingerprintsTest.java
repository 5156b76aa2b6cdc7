// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.execute.order.Brake;
import dev.skein.engine.execute.order.Goal;
import dev.skein.engine.execute.order.Outcome;
import dev.skein.engine.journal.Journal;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.testing.MigrationSetting;
import dev.skein.engine.testing.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs on scratch databases: like any other, but for the fingerprints. */
class WithoutFingerprintsTest {
    @RegisterExtension final TestDatabase database = new TestDatabase();

    private JournalState state() {
        try (var session = database.open()) {
            return new Journal(session, "").read().orElseThrow();
        }
    }

    private static Outcome run(MigrationSetting given, Goal goal) {
        return given.run(given.order(goal, null).withoutFingerprints(), Brake.OFF);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--@ upgrade\nCREATE TABLE a (id int);\n--@ downgrade\nDROP TABLE a;\n",
                "--@ transaction: none\n"
                        + "--@ upgrade\n"
                        + "CREATE TABLE a (id int);\n"
                        + "--@ downgrade\n"
                        + "DROP TABLE a;\n",
                "--@ upgrade\n"
                        + "CREATE TABLE a (id int);\n"
                        + "--@ verify\n"
                        + "SELECT true;\n"
                        + "--@ downgrade\n"
                        + "DROP TABLE a;\n"
            })
    void noFingerprintIsTakenOnTheWayUpNorBack(String script) {
        var given = new MigrationSetting(database).revision("a", script).table("b").table("c");
        assertThat(run(given, new Goal.Upgrade("head"))).isInstanceOf(Outcome.Done.class);
        assertThat(state().heads()).containsExactly("c");
        assertThat(state().fingerprint()).isNull();
        assertThat(run(given, new Goal.Upgrade("head"))).isInstanceOf(Outcome.Done.class);
        assertThat(run(given, new Goal.Downgrade("base"))).isInstanceOf(Outcome.Done.class);
        assertThat(run(given, new Goal.Stamp(List.of("b"), false)))
                .isInstanceOf(Outcome.Done.class);
        assertThat(state().fingerprint()).isNull();
        assertThat(database.value("SELECT count(catalog) FROM skein.state")).isEqualTo("0");
    }

    @Test
    void aFailureIsToldWithoutOneToo() {
        var given = new MigrationSetting(database).revision("a", "--@ upgrade\nSELECT 1 / 0;\n");
        assertThat(run(given, new Goal.Upgrade("head"))).isInstanceOf(Outcome.Failed.class);
        assertThat(state().fingerprint()).isNull();
    }
}
