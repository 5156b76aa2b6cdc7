// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.execute.order.Goal;
import dev.skein.engine.execute.order.Outcome;
import dev.skein.engine.testing.MigrationSetting;
import dev.skein.engine.testing.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AfterCommitTest {
    @RegisterExtension final TestDatabase database = new TestDatabase();

    private MigrationSetting setting;

    @BeforeEach
    void prepare() {
        database.run("CREATE TABLE flag (ok boolean); INSERT INTO flag VALUES (false)");
        setting =
                new MigrationSetting(database)
                        .revision(
                                "a",
                                "--@ upgrade\nCREATE TABLE a ();\n--@ verify: after\nSELECT ok FROM"
                                        + " flag;\n--@ downgrade\nDROP TABLE a;")
                        .table("b");
    }

    @Test
    void aCheckThatDoesNotHoldStopsEveryRunUntilItDoes() {
        for (int i = 0; i < 2; i++) {
            var failed = (Outcome.Failed) setting.up();
            assertThat(failed.heads()).containsExactly("a");
            assertThat(failed.error()).hasMessageContaining("the revision is applied");
        }
        database.run("UPDATE flag SET ok = true");
        var done = (Outcome.Done) setting.up();
        assertThat(done.path()).containsExactly("b");
        assertThat(setting.kinds())
                .containsExactly(
                        "initialized",
                        "applied",
                        "failed",
                        "failed",
                        "outcome",
                        "applied",
                        "observed");
    }

    @Test
    void aCheckThatHeldIsNotAskedAgain() {
        database.run("UPDATE flag SET ok = true");
        assertThat(setting.up()).isInstanceOf(Outcome.Done.class);
        database.run("UPDATE flag SET ok = false");
        assertThat(setting.table("c").up()).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void takingTheRevisionBackSettlesIt() {
        setting.up();
        assertThat(setting.down("base")).isInstanceOf(Outcome.Done.class);
        assertThat(database.value("SELECT to_regclass('a') IS NULL")).isEqualTo("true");
    }

    @Test
    void aStampSettlesItToo() {
        setting.up();
        assertThat(setting.run(new Goal.Stamp(java.util.List.of("b"), false)))
                .isInstanceOf(Outcome.Done.class);
        assertThat(setting.table("c").up()).isInstanceOf(Outcome.Done.class);
    }
}
