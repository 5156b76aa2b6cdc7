// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.engine.execute.order.Brake;
import dev.skein.engine.execute.order.Goal;
import dev.skein.engine.execute.order.Outcome;
import dev.skein.engine.execute.order.Scope;
import dev.skein.engine.journal.Author;
import dev.skein.engine.journal.Envelope;
import dev.skein.engine.journal.Journal;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.postgres.SqlLiterals;
import dev.skein.engine.testing.MigrationSetting;
import dev.skein.engine.testing.TestDatabase;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JournalAdoptionTest {
    @RegisterExtension final TestDatabase database = new TestDatabase();

    private JournalState state() {
        try (var session = database.open()) {
            return new Journal(session, "").read().orElseThrow();
        }
    }

    private JournalState adopt(JournalAdoption.Reason reason) {
        return adopt(Scope.DATABASE, JournalAdoption.Claim.of(reason));
    }

    private JournalState adopt(Scope scope, JournalAdoption.Claim claim) {
        return JournalAdoption.run(
                database.client(),
                database.address(),
                scope,
                new Author("tester", null, null),
                claim,
                Clock.systemUTC());
    }

    /** Makes a copy of the test's database, and works with it from now on. */
    private void copied() {
        var original = database.address().database();
        var copy = original + "_copy";
        database.use("postgres");
        database.run(
                "CREATE DATABASE "
                        + SqlLiterals.name(copy)
                        + " TEMPLATE "
                        + SqlLiterals.name(original));
        database.adopt(copy);
        database.use(copy);
    }

    @Test
    void aCopyIsRefusedUntilSomebodySaysWhatItIs() {
        var setting = new MigrationSetting(database).table("a");
        setting.up();
        var original = state();
        copied();
        setting.table("b");
        var refused = (Outcome.Refused) setting.up();
        assertThat(refused.reason().found()).contains("its journal belongs to");
        var adopted = adopt(JournalAdoption.Reason.CLONE);
        assertThat(adopted.uid()).isNotEqualTo(original.uid()).matches("[0-9a-f]{32}");
        assertThat(adopted.incarnation()).isNotEqualTo(original.incarnation());
        assertThat(setting.history())
                .filteredOn(says -> Envelope.isOfClone(says.bytes()))
                .singleElement()
                .matches(says -> says.seq() == adopted.seq() && says.uid().equals(adopted.uid()));
        assertThat(setting.up()).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void aCopyOfAWholeServerGetsAnotherUidThoughItLooksLikeTheOriginal() {
        new MigrationSetting(database).table("a").up();
        var before = state();
        assertThatThrownBy(() -> adopt(JournalAdoption.Reason.CLONE))
                .hasMessageContaining("belongs to this place")
                .hasMessageContaining("rollouts, findings and backups")
                .hasMessageContaining("--clone --yes");
        assertThat(state().uid()).isEqualTo(before.uid());
        var agreed = new JournalAdoption.Claim(JournalAdoption.Reason.CLONE, true, null);
        var adopted = adopt(Scope.DATABASE, agreed);
        assertThat(adopted.uid()).isNotEqualTo(before.uid());
        assertThat(adopt(Scope.DATABASE, agreed).uid()).isNotEqualTo(adopted.uid());
    }

    @Test
    void whatIsWhereItWasNeedsNoAdoption() {
        new MigrationSetting(database).table("a").up();
        var before = state();
        for (var reason : List.of(JournalAdoption.Reason.MOVED, JournalAdoption.Reason.RESTORED)) {
            assertThatThrownBy(() -> adopt(reason)).hasMessageContaining("belongs to this place");
            database.run("UPDATE skein.state SET site = 'eu/main'"); // as an agent knows it
            var same = Scope.at("eu/main");
            assertThatThrownBy(() -> adopt(same, JournalAdoption.Claim.of(reason)))
                    .hasMessageContaining("belongs to this place");
        }
        assertThatThrownBy(() -> adopt(JournalAdoption.Reason.RESTORED))
                .hasMessageContaining("--site SITE/SERVER");
        assertThat(state().incarnation()).isEqualTo(before.incarnation());
    }

    /** Only the site tells: a server's new name, or a copy of its files. */
    @Test
    void whereOnlyTheSiteDiffersItIsSaidOrForgotten() {
        new MigrationSetting(database).table("a").up();
        var before = state();
        database.run("UPDATE skein.state SET site = 'eu/main'");
        assertThat(adopt(JournalAdoption.Reason.MOVED).uid()).isEqualTo(before.uid());
        assertThat(site()).isNull();
        database.run("UPDATE skein.state SET site = 'eu/main'");
        var other = Scope.at("eu/other");
        assertThat(
                        adopt(other, JournalAdoption.Claim.of(JournalAdoption.Reason.MOVED))
                                .incarnation())
                .isEqualTo(before.incarnation());
        assertThat(site()).isEqualTo("eu/other");
        assertThatThrownBy(
                        () -> adopt(other, JournalAdoption.Claim.of(JournalAdoption.Reason.MOVED)))
                .hasMessageContaining("belongs to this place");
        var third = Scope.at("us/main");
        assertThat(
                        adopt(third, JournalAdoption.Claim.of(JournalAdoption.Reason.RESTORED))
                                .incarnation())
                .isNotEqualTo(before.incarnation());
        assertThat(adopt(other, JournalAdoption.Claim.of(JournalAdoption.Reason.CLONE)).uid())
                .isNotEqualTo(before.uid());
        assertThat(adopt(JournalAdoption.Reason.REWOUND)).isNotNull();
        assertThat(site()).as("it is where it was").isEqualTo("eu/other");
    }

    private @Nullable String site() {
        try (var session = database.open()) {
            return new Journal(session, "").boundTo().site();
        }
    }

    @Test
    void whatHasNoJournalIsNotAdoptedAndGetsNone() {
        for (var reason : JournalAdoption.Reason.values()) {
            assertThatThrownBy(() -> adopt(reason)).hasMessageContaining("it has no journal");
        }
        assertThat(database.value("SELECT to_regnamespace('skein') IS NULL")).isEqualTo("true");
    }

    @Test
    void anOlderBackupBeginsANewIncarnationOfTheSameDatabase() {
        new MigrationSetting(database).table("a").up();
        var original = state();
        copied();
        var restored = adopt(JournalAdoption.Reason.RESTORED);
        assertThat(restored.uid()).isEqualTo(original.uid());
        assertThat(restored.incarnation()).isNotEqualTo(original.incarnation());
    }

    @Test
    void anOlderBackupInTheDatabasesPlaceGoesOnFromThere() {
        var setting = new MigrationSetting(database).table("a");
        setting.up();
        var original = database.address().database();
        copied(); // the backup
        var copy = database.address().database();
        database.use(original);
        setting.table("b").up();
        var lost = state();
        database.use("postgres");
        var rename = "ALTER DATABASE %s RENAME TO %s";
        database.run(
                rename.formatted(SqlLiterals.name(original), SqlLiterals.name(original + "_old")));
        database.run(rename.formatted(SqlLiterals.name(copy), SqlLiterals.name(original)));
        database.forget(copy);
        database.adopt(original + "_old");
        database.use(original);
        assertThat(setting.up()).isInstanceOf(Outcome.Refused.class);
        var restored = adopt(JournalAdoption.Reason.RESTORED);
        assertThat(restored.uid()).isEqualTo(lost.uid());
        assertThat(restored.incarnation()).isNotEqualTo(lost.incarnation());
        assertThat(restored.heads()).containsExactly("a");
        assertThat(setting.up()).isInstanceOf(Outcome.Done.class);
        assertThat(state().heads()).containsExactly("b");
        assertThat(setting.history())
                .filteredOn(e -> e.seq() == lost.seq())
                .allMatch(e -> e.incarnation().equals(restored.incarnation()));
    }

    @Test
    void aServerThatWasPutBackBeginsANewIncarnationWhenSomebodySaysSo() {
        var setting = new MigrationSetting(database).table("a");
        setting.up();
        var before = state();
        assertThatThrownBy(() -> adopt(JournalAdoption.Reason.RESTORED))
                .hasMessageContaining("adopt --rewound");
        var after = adopt(JournalAdoption.Reason.REWOUND);
        assertThat(after.uid()).isEqualTo(before.uid());
        assertThat(after.incarnation()).isNotEqualTo(before.incarnation());
        assertThat(setting.table("b").up()).isInstanceOf(Outcome.Done.class);
        copied();
        assertThatThrownBy(() -> adopt(JournalAdoption.Reason.REWOUND))
                .hasMessageContaining("another place");
    }

    @Test
    void whatIsCutOffInTheMiddleHasChangedNothing() {
        new MigrationSetting(database).table("a").up();
        var original = state();
        copied();
        database.run(
                """
                CREATE FUNCTION skein.no() RETURNS trigger LANGUAGE plpgsql AS
                    'BEGIN RAISE EXCEPTION ''cut off''; END';
                CREATE TRIGGER no BEFORE INSERT ON skein.entry EXECUTE FUNCTION skein.no()\
                """);
        assertThatThrownBy(() -> adopt(JournalAdoption.Reason.CLONE))
                .hasMessageContaining("cut off");
        assertThat(state().uid()).isEqualTo(original.uid());
        assertThat(state().epoch()).isEqualTo(original.epoch());
    }

    @Test
    void whatIsMeantForAnotherDatabaseIsNotDone() {
        var setting = new MigrationSetting(database).table("a");
        var order = setting.order(new Goal.Upgrade("head"), 1L).withUid("f".repeat(32));
        var refused = (Outcome.Refused) setting.run(order, Brake.OFF);
        assertThat(refused.reason().found()).contains("f".repeat(32) + " is meant");
        assertThat(database.value("SELECT to_regnamespace('skein') IS NULL")).isEqualTo("true");
        setting.up();
        assertThat(setting.run(order, Brake.OFF)).isInstanceOf(Outcome.Refused.class);
        assertThat(setting.run(order.withUid(state().uid()), Brake.OFF))
                .isInstanceOf(Outcome.Done.class);
    }
}
