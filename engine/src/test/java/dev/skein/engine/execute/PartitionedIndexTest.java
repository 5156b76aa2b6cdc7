// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skein.engine.execute.order.Outcome;
import dev.skein.engine.testing.MigrationSetting;
import dev.skein.engine.testing.TestDatabase;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** CREATE INDEX CONCURRENTLY on tables whose partitions no revision knows. */
class PartitionedIndexTest {
    private static final String TABLE =
            """
            --@ upgrade
            CREATE SCHEMA "S s"; CREATE TABLE "S s"."M m" (k int, "V v" int) PARTITION BY LIST (k);
            """;
    private static final String PARTITIONS =
            """
            CREATE TABLE m1 PARTITION OF "S s"."M m" FOR VALUES IN (1);
            CREATE TABLE "S s"."2 USING" ("V v" int, k int);
            ALTER TABLE "S s"."M m" ATTACH PARTITION "S s"."2 USING" FOR VALUES IN (2);
            CREATE TABLE m3 PARTITION OF "S s"."M m" FOR VALUES IN (3) PARTITION BY HASH ("V v");
            CREATE TABLE m31 PARTITION OF m3 FOR VALUES WITH (MODULUS 2, REMAINDER 0);
            CREATE TABLE m32 PARTITION OF m3 FOR VALUES WITH (MODULUS 2, REMAINDER 1);
            CREATE TABLE rest PARTITION OF "S s"."M m" DEFAULT;
            INSERT INTO "S s"."M m" SELECT i % 5, i FROM generate_series(1, 100) i;
            """;
    private static final String INDEX =
            """
            --@ transaction: none
            --@ upgrade
            /* ON */ CREATE UNIQUE INDEX CONCURRENTLY "I on" ON "S s"."M m" (k, "V v" DESC)
                WITH (fillfactor = 60) WHERE k <> 9;
            --@ downgrade
            DROP INDEX "S s"."I on";
            """;

    private static final String FIRST =
            "SELECT min(indexrelid::int8) FROM pg_index WHERE indrelid = 'm1'::regclass";
    private static final Duration BOUND = Duration.ofMinutes(2);

    @RegisterExtension final TestDatabase database = new TestDatabase();

    private MigrationSetting setting;

    @BeforeEach
    void prepare() {
        setting = new MigrationSetting(database).revision("a", TABLE);
        setting.up();
        database.run(PARTITIONS);
        setting.revision("b", INDEX);
    }

    /** Whether the whole index is valid, and how many indexes of the table's and parts are. */
    private String whole() {
        return database.value(
                """
                SELECT concat((SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass('"S s"."I on"')),
                    ' ', count(*) FILTER (WHERE indisvalid), ' of ', count(*))
                FROM pg_index WHERE indrelid IN (SELECT relid FROM pg_partition_tree('"S s"."M m"'))
                """);
    }

    @Test
    void eachPartitionThatTheDatabaseHasGetsItsPart() {
        assertThat(setting.up()).isInstanceOf(Outcome.Done.class);
        assertThat(whole()).isEqualTo("t 7 of 7");
        assertThat(setting.kinds()).endsWith("intent", "outcome", "applied", "observed");
        assertThat(setting.down("a")).isInstanceOf(Outcome.Done.class);
        assertThat(whole()).isEqualTo(" 0 of 0");
    }

    @Test
    void whatPartitionsHaveOfItIsTakenIn() {
        database.run(
                """
                CREATE UNIQUE INDEX other ON m1 (k, "V v") WHERE k <> 9;
                CREATE UNIQUE INDEX "CREATE INDEX" ON m3 (k, "V v" DESC) WHERE k <> 9;
                CREATE INDEX no_part ON rest (k, "V v" DESC) WHERE k <> 9;
                """);
        assertThat(setting.upAccepting()).isInstanceOf(Outcome.Done.class);
        assertThat(whole()).isEqualTo("t 8 of 8");
        assertThat(database.value("SELECT relispartition FROM pg_class WHERE relname = 'other'"))
                .isEqualTo("true");
    }

    @Test
    void whatFailedGoesOnWithThePartsThatStandAndLeavesNoneInvalid() {
        database.run("INSERT INTO rest SELECT 7, 1 FROM generate_series(1, 2)");
        var failed = (Outcome.Failed) setting.up();
        assertThat(failed.error().signature()).startsWith("23505 b#1");
        assertThat(whole()).isEqualTo(" 4 of 4");
        var built = database.value(FIRST);
        database.run(
                "DELETE FROM rest WHERE k = 7; CREATE TABLE late PARTITION OF \"S s\".\"M m\""
                        + " FOR VALUES IN (7)");
        assertThat(setting.up()).isInstanceOf(Outcome.Done.class);
        assertThat(whole()).isEqualTo("t 8 of 8");
        assertThat(database.value(FIRST)).isEqualTo(built);
    }

    @Test
    void whatWasCutOffGoesOnAsTheCatalogShowsIt() {
        var run = new AtomicReference<Outcome>();
        try (var writer = database.open()) {
            writer.script("BEGIN; INSERT INTO rest VALUES (8, 1)", BOUND);
            var thread = Thread.ofVirtual().start(() -> run.set(setting.up()));
            var atRest = "pg_stat_progress_create_index WHERE relid = 'rest'::regclass";
            await().atMost(BOUND).until(() -> counted("FROM " + atRest).equals("1"));
            var built = database.value(FIRST);
            assertThat(counted("FROM pg_index WHERE NOT indisvalid")).isEqualTo("1");
            database.run("SELECT pg_terminate_backend(pid) FROM " + atRest);
            await().atMost(BOUND).until(() -> counted("FROM " + atRest).equals("0"));
            writer.script("COMMIT", BOUND);
            await().atMost(BOUND).until(() -> !thread.isAlive());
            assertThat(database.value(FIRST)).isEqualTo(built);
        }
        assertThat(run.get()).isInstanceOf(Outcome.Done.class);
        assertThat(whole()).isEqualTo("t 7 of 7");
        assertThat(setting.kinds()).containsOnlyOnce("intent");
    }

    private String counted(String from) {
        return database.value("SELECT count(*) " + from);
    }

    @Test
    void foreignPartitionsHaveNone() {
        database.run(
                """
                CREATE FOREIGN DATA WRAPPER w; CREATE SERVER far FOREIGN DATA WRAPPER w;
                CREATE FOREIGN TABLE away PARTITION OF "S s"."M m" FOR VALUES IN (9) SERVER far;
                """);
        setting = new MigrationSetting(database).revision("a", TABLE);
        setting.revision("b", INDEX.replace("UNIQUE", "")).upAccepting();
        assertThat(whole()).isEqualTo("t 7 of 7");
    }

    @Test
    void aNameThatIsTakenIsSaidBeforeAnythingIsBuilt() {
        database.run("CREATE INDEX \"I on\" ON \"S s\".\"M m\" (k)");
        var failed = (Outcome.Failed) setting.upAccepting();
        assertThat(failed.error().signature()).startsWith("42P07 b#1");
        assertThat(whole()).isEqualTo("t 7 of 7");
    }
}
