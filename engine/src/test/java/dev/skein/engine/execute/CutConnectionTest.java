// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.execute.order.Brake;
import dev.skein.engine.execute.order.Goal;
import dev.skein.engine.execute.order.MigrationOrder;
import dev.skein.engine.execute.order.Outcome;
import dev.skein.engine.journal.Envelope;
import dev.skein.engine.journal.Journal;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.testing.CutProxy;
import dev.skein.engine.testing.MigrationSetting;
import dev.skein.engine.testing.TestDatabase;
import java.io.IOException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * The connection breaks at one message of an upgrade after the other; nothing runs twice or is
 * lost.
 *
 * <p>Where many are alike, at some of them; at all with {@code -Dskein.test.every-message=true}.
 */
class CutConnectionTest {
    private static final boolean EVERY = Boolean.getBoolean("skein.test.every-message");

    private static final int REVISIONS = 10;

    @RegisterExtension final TestDatabase database = new TestDatabase();

    private MigrationSetting setting() {
        var setting = new MigrationSetting(database);
        setting.revision("r0", "--@ upgrade\nCREATE TABLE c (n int);\nINSERT INTO c VALUES (1);");
        for (int i = 1; i < REVISIONS; i++) {
            setting.revision(
                    "r" + i,
                    "--@ upgrade\nUPDATE c SET n = n + 1;\nCREATE TABLE t" + i + " (id int);");
        }
        return setting;
    }

    private Outcome through(CutProxy proxy, MigrationSetting setting, int retries, String name) {
        return through(proxy, setting, retries, name, new Goal.Upgrade("heads"));
    }

    private Outcome through(
            CutProxy proxy, MigrationSetting setting, int retries, String name, Goal goal) {
        var direct = database.address(name);
        var port = direct.server().replaceAll(".*:", "");
        var url = direct.url().replace(":" + port + "/", ":" + proxy.port() + "/");
        var address = new DatabaseAddress(url, direct.password());
        var order = setting.order(address, goal, null);
        var patient =
                new MigrationOrder(
                        address,
                        order.scope(),
                        order.scripts(),
                        order.goal(),
                        order.author(),
                        MigrationSetting.LIMITS.withRetries(retries));
        return setting.run(patient, Brake.OFF);
    }

    private int upstream() {
        return Integer.parseInt(database.address().server().replaceAll(".*:", ""));
    }

    private void isWhole(String name) {
        try (var session =
                database.client().open(database.address(name), "test", java.util.Map.of())) {
            assertThat(session.query("SELECT n FROM c").iterator().next().getInteger(0))
                    .isEqualTo(REVISIONS);
            var journal = new Journal(session, "");
            var entries = journal.after(0, 1000);
            assertThat(entries).allMatch(e -> e.isIntact());
            assertThat(entries)
                    .extracting(e -> e.seq())
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, entries.size()).boxed().toList());
            assertThat(entries.stream().map(e -> Envelope.parse(e.envelope())))
                    .extracting(e -> e.kind().wire() + " " + e.revision())
                    .filteredOn(line -> line.startsWith("applied"))
                    .hasSize(REVISIONS)
                    .doesNotHaveDuplicates();
            assertThat(journal.read().orElseThrow().heads()).containsExactly("r9");
        }
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "REPLACED")
    void aSecondRunEndsWhatACutOneBegan(CutProxy.CutPlace place) throws IOException {
        var setting = setting();
        for (int message = 1; ; message++) {
            var name = database.create();
            try (var proxy = new CutProxy(upstream(), place, message)) {
                var outcome = through(proxy, setting, 0, name);
                if (!proxy.hasCut()) {
                    assertThat(outcome).isInstanceOf(Outcome.Done.class);
                    assertThat(message).isGreaterThan(REVISIONS);
                    return;
                }
            }
            var again =
                    setting.run(
                            setting.order(database.address(name), new Goal.Upgrade("heads"), null),
                            Brake.OFF);
            assertThat(again).as("after message " + message).isInstanceOf(Outcome.Done.class);
            isWhole(name);
        }
    }

    /** What takes several transactions: batches, and a step outside a transaction. */
    private MigrationSetting inParts() {
        return new MigrationSetting(database)
                .revision(
                        "a",
                        "--@ upgrade\n"
                                + "CREATE TABLE c (id int PRIMARY KEY, n int NOT NULL DEFAULT 0);\n"
                                + "INSERT INTO c SELECT g FROM generate_series(1, 25) g;")
                .revision(
                        "b",
                        "--@ batch: c by id, 10 rows\n--@ upgrade\nUPDATE c SET n = n + 1 WHERE id"
                                + " BETWEEN :from AND :to;")
                .revision(
                        "c",
                        "--@ transaction: none\n--@ upgrade\nCREATE INDEX CONCURRENTLY c_n ON c"
                                + " (n);\nUPDATE c SET n = n + 1;");
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @EnumSource
    void whatGoesInPartsChangesEachRowOnce(CutProxy.CutPlace place) throws IOException {
        var setting = inParts();
        boolean cut = true;
        int stride = EVERY ? 1 : place == CutProxy.CutPlace.REPLACED ? 3 : 5;
        for (int message = EVERY ? 1 : 5; cut; message += stride) {
            var name = database.create();
            setting.run(
                    setting.order(database.address(name), new Goal.Upgrade("a"), null), Brake.OFF);
            try (var proxy = new CutProxy(upstream(), place, message)) {
                through(proxy, setting, 0, name);
                cut = proxy.hasCut();
            }
            var order = setting.order(database.address(name), new Goal.Upgrade("heads"), null);
            var again = setting.run(order, Brake.OFF);
            assertThat(again).as("after message " + message).isInstanceOf(Outcome.Done.class);
            try (var session =
                    database.client().open(database.address(name), "test", java.util.Map.of())) {
                var sums =
                        session.query("SELECT min(n), max(n), count(*) FROM c").iterator().next();
                assertThat(sums.deepToString()).as("message " + message).isEqualTo("[2,2,25]");
            }
        }
    }

    /** A question is asked read-only, or not at all. */
    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void aQuestionWhoseBeginningFailsWritesNothing() throws IOException {
        database.run(
                "CREATE TABLE written (n int); CREATE FUNCTION writes() RETURNS boolean LANGUAGE"
                        + " sql AS 'INSERT INTO written VALUES (1) RETURNING true'");
        var setting =
                new MigrationSetting(database)
                        .revision(
                                "a",
                                "--@ precheck\nSELECT writes();\n--@ upgrade\nCREATE TABLE a ();");
        boolean cut = true;
        for (int message = 1; cut; message++) {
            try (var proxy = new CutProxy(upstream(), CutProxy.CutPlace.REPLACED, message)) {
                var outcome = through(proxy, setting, 0, database.address().database());
                assertThat(outcome).isNotInstanceOf(Outcome.Done.class);
                cut = proxy.hasCut();
            }
            assertThat(database.value("SELECT count(*) FROM written"))
                    .as("message " + message)
                    .isEqualTo("0");
        }
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "REPLACED")
    void aRunThatMayRetryEndsByItself(CutProxy.CutPlace place) throws IOException {
        var setting = setting();
        // Before the third nobody is logged in: that it cannot be reached is told at once.
        for (int message = 3; ; message += EVERY ? 1 : 4) {
            var name = database.create();
            try (var proxy = new CutProxy(upstream(), place, message)) {
                var outcome = through(proxy, setting, 3, name);
                assertThat(outcome).as("message " + message).isInstanceOf(Outcome.Done.class);
                assertThat(((Outcome.Done) outcome).path()).hasSize(REVISIONS);
                isWhole(name);
                if (!proxy.hasCut()) {
                    return;
                }
            }
        }
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "REPLACED")
    void aRelativeGoalIsNotCountedAgainAfterACut(CutProxy.CutPlace place) throws IOException {
        var setting = new MigrationSetting(database).table("x").table("y").table("z");
        var name = database.address().database();
        for (int message = 3; ; message++) {
            assertThat(setting.run(new Goal.Upgrade("y"))).isInstanceOf(Outcome.Done.class);
            try (var proxy = new CutProxy(upstream(), place, message)) {
                var outcome = through(proxy, setting, 3, name, new Goal.Downgrade("-1"));
                assertThat(((Outcome.Done) outcome).heads())
                        .as("message " + message)
                        .containsExactly("x");
                assertThat(((Outcome.Done) outcome).path()).containsExactly("y");
                if (!proxy.hasCut()) {
                    return;
                }
            }
        }
    }
}
