// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.api.rollout.WaveTally;
import dev.skein.api.store.BackupStore;
import dev.skein.api.store.Continuity;
import dev.skein.api.store.DirectiveOutcome;
import dev.skein.api.store.DirectiveStore;
import dev.skein.api.store.EventStore;
import dev.skein.api.store.OutcomeStore;
import dev.skein.api.store.RolloutStore;
import dev.skein.api.testing.OnApiDatabase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A control plane that has worked with the version before goes on with this one. */
class UpgradedSchemaTest extends OnApiDatabase {
    /** As the version before left them: what is set aside was taken off what is planned. */
    private static final String RUNNING =
            """
            INSERT INTO bundle VALUES ('sha256:1', 1, '{b}', '', 'ann', now(), true);
            INSERT INTO rollout(id, status, author, bundle, target, plan_hash, plan, wave, created_at, changed_at)
                SELECT id, status, 'ann', 'sha256:1', 'b', 'h', '{"waves": []}', 0, now(), now()
                FROM (VALUES ('r-1', 'running'), ('r-2', 'halted'), ('r-3', 'completed')) AS r(id, status);
            INSERT INTO wave_tally(rollout, wave, name, planned, open, succeeded, failed) VALUES
                ('r-1', 0, 'canary', 3, 1, 1, 0), ('r-1', 1, 'rest', 2, 0, 0, 0),
                ('r-2', 0, 'all', 0, 0, 0, 0), ('r-3', 0, 'all', 2, 0, 1, 1);
            INSERT INTO rollout_target(rollout, uid, wave, place, site, name, state, generation, message)
                VALUES
                ('r-1', 'u1', 0, 1, 'eu', 'shop_1', 'succeeded', 5, NULL),
                ('r-1', 'u2', 0, 2, 'eu', 'shop_2', 'open', 6, NULL),
                ('r-1', 'u3', 0, 3, 'eu', 'shop_3', 'aside', 7, 'its schema was changed by somebody else'),
                ('r-1', 'u4', 0, 4, 'us', 'shop_4', 'pending', NULL, NULL),
                ('r-1', 'u5', 1, 1, 'us', 'shop_5', 'pending', NULL, NULL),
                ('r-1', 'u6', 1, 2, 'us', 'shop_6', 'pending', NULL, NULL),
                ('r-2', 'u7', 0, 1, 'eu', 'shop_7', 'aside', 8, 'it drifted'),
                ('r-2', 'u8', 0, 2, 'eu', 'shop_8', 'aside', 9, 'it drifted'),
                ('r-3', 'u9', 0, 1, 'eu', 'shop_9', 'succeeded', 1, NULL),
                ('r-3', 'u0', 0, 2, 'eu', 'shop_0', 'failed', 2, 'division by zero');
            INSERT INTO directive(uid, site, rollout, generation, payload, published)
                VALUES ('u2', 'eu', 'r-1', 6, '{}', true)\
            """;

    /** Of u1 a second one was taken of the half-done state; u2 was restored meanwhile. */
    private static final String SAVED =
            """
            INSERT INTO backup(uid, sha256, database, rollout, extent, file, taken_at, incarnation, seq, bytes, row_count, millis)
                SELECT uid, sha, uid, 'r-1', extent, sha || '.dump', now() + at * interval '1 hour', inc, seq, 1, 1, 1
                FROM (VALUES ('u1', 'early', 'full', 1, 'i', 10), ('u1', 'late', 'full', 2, 'i', 14),
                    ('u2', 'other', 'full', 1, 'i', 3), ('u2', 'again', 'full', 2, 'j', 20),
                    ('u3', 'schema', 'schema', 1, 'i', 4)) AS b(uid, sha, extent, at, inc, seq)\
            """;

    private final EventStore events = new EventStore(new Continuity());
    private final RolloutStore rollouts = new RolloutStore(events);

    private List<WaveTally> tallies(String rollout) {
        return db.call(tx -> rollouts.tallies(tx, rollout));
    }

    @Test
    void runningRolloutsCountWhatTheySetAsideAndGoOn() {
        migrate("api0005");
        database.run(RUNNING);
        migrate("heads");
        assertThat(tallies("r-1"))
                .containsExactly(new WaveTally(0, 4, 1, 1, 0, 1), new WaveTally(1, 2, 0, 0, 0, 0));
        assertThat(tallies("r-2")).containsExactly(new WaveTally(0, 2, 0, 0, 0, 2));
        assertThat(tallies("r-3")).containsExactly(new WaveTally(0, 2, 0, 1, 1, 0));

        var end =
                new DirectiveOutcome(
                        "u2", null, 6, DirectiveOutcome.End.SET_ASIDE, null, "it drifted", null);
        List<String> changed = db.call(tx -> new OutcomeStore(rollouts).apply(tx, List.of(end)));
        assertThat(changed).containsExactly("r-1");
        assertThat(tallies("r-1")).startsWith(new WaveTally(0, 4, 0, 1, 0, 2));
        retry("r-1", true);
        retry("r-2", false);
        assertThat(tallies("r-1")).startsWith(new WaveTally(0, 4, 0, 1, 0, 0));
        assertThat(tallies("r-2")).containsExactly(new WaveTally(0, 2, 0, 0, 0, 2));
        assertThat(
                        database.value(
                                "SELECT string_agg(uid, ',' ORDER BY uid) FROM rollout_target WHERE"
                                        + " state = 'aside'"))
                .isEqualTo("u7,u8");
    }

    @Test
    void whatARollbackTakesBackIsKnownWhicheverVersionWroteIt() {
        migrate("api0019");
        rollback("r-1-rollback");
        migrate("heads");
        assertThat(database.value("SELECT undoes FROM rollout WHERE id = 'r-1-rollback'"))
                .isEqualTo("r-1");
        rollback("r-1-rollback-2"); // by a replica that is not up to date yet
        assertThat(database.value("SELECT undoes FROM rollout WHERE id = 'r-1-rollback-2'"))
                .isEqualTo("null");
        var taken = List.of("of r-1-rollback", "of r-1-rollback-2", "other");
        var restored = db.<Set<String>>call(tx -> rollouts.restored(tx, "r-1", taken));
        assertThat(restored).containsExactlyInAnyOrder("of r-1-rollback", "of r-1-rollback-2");
        assertThat(db.<Integer>call(tx -> rollouts.takenBackAlone(tx, "r-1"))).isEqualTo(2);
    }

    private void rollback(String id) {
        database.run(
                """
                INSERT INTO bundle VALUES ('sha256:1', 1, '{b}', '', 'ann', now(), true) ON CONFLICT DO NOTHING;
                INSERT INTO rollout(id, status, author, approved_by, bundle, target, plan_hash, plan, wave, created_at, changed_at)
                    VALUES ('%1$s', 'completed', 'ann', 'ann', 'sha256:1', 'before r-1', 'h', '{"waves": []}', 0, now(), now());
                INSERT INTO wave_tally(rollout, wave, name, planned) VALUES ('%1$s', 0, 'rollback', 1);
                INSERT INTO rollout_target(rollout, uid, wave, place, site, name, state, restore)
                    VALUES ('%1$s', 'of %1$s', 0, 1, 'eu', 'shop', 'succeeded', 'sha256:2')
                """
                        .formatted(id));
    }

    private void retry(String rollout, boolean aside) {
        db.run(tx -> new DirectiveStore().retry(tx, rollout, 0, true, aside));
    }

    @Test
    void theVersionBeforeFindsItsOwnCountsAgain() {
        migrate("api0005");
        database.run(RUNNING);
        var counts = "SELECT string_agg(w::text, ' ' ORDER BY rollout, wave) FROM wave_tally w";
        var before = database.value(counts);
        migrate("heads");
        ApiSchema.revisions(database.client()).downgrade(database.address(), "api0005");
        assertThat(database.value(counts)).isEqualTo(before);
    }

    private String planOf(String query) {
        database.run("CREATE TABLE plan (line text)");
        database.run(
                """
                SET enable_seqscan = off;
                DO $$ DECLARE line text; BEGIN
                    FOR line IN EXECUTE 'EXPLAIN %s' LOOP INSERT INTO plan VALUES (line); END LOOP;
                END $$\
                """
                        .formatted(query));
        var plan = database.value("SELECT string_agg(line, ' ') FROM plan");
        database.run("DROP TABLE plan");
        return plan;
    }

    @Test
    void databasesAndOldLoginsAreFoundWithoutReadingAllOfThem() {
        migrate("heads");
        assertThat(planOf("SELECT rollout FROM rollout_target WHERE uid = ''u1''"))
                .contains("rollout_target_database");
        assertThat(planOf("SELECT hash FROM access_token WHERE expires_at < now()"))
                .contains("access_token_expires");
    }

    @Test
    void questionsWithoutAnAnswerAreFoundWithoutReadingAllOfThem() {
        migrate("heads");
        assertThat(planOf("SELECT FROM request WHERE answered_at IS NULL AND asked_at < now()"))
                .contains("request_unanswered");
    }

    @Test
    void whatNoAgentCanHaveAcceptedStandsInTheWayOfNothing() {
        migrate("api0016");
        database.run(
                """
                INSERT INTO fleet_database(uid, site, server, name, agent, heads, seq, accepted, size_bytes,
                    server_major, labels, reported_at)
                SELECT u, 'eu', 's', u, 'a', '{}', 1, accepted, 1, 15, '{}', now()
                FROM (VALUES ('u1', 9223372036854775807), ('u2', 5)) AS d(u, accepted);
                INSERT INTO account VALUES ('ann', 'h', '{}', now());
                INSERT INTO access_token VALUES ('t', 'ann', now() - interval '1 day', now(), false)\
                """);
        migrate("heads");
        assertThat(
                        database.value(
                                "SELECT string_agg(accepted::text, ' ' ORDER BY uid) FROM"
                                        + " fleet_database"))
                .isEqualTo("0 5");
        assertThat(database.value("SELECT granted_at = created_at FROM access_token"))
                .isEqualTo("true");
    }

    @Test
    void ofWhatWasSavedEarlierOnlyTheFirstCountsAsFromBefore() {
        migrate("api0006");
        database.run(RUNNING.replace("3, 1, 1, 0)", "4, 1, 1, 0)"));
        database.run(SAVED);
        migrate("heads");
        assertThat(before()).isEqualTo(Map.of("u1", "early", "u2", "again"));
        began(15);
        assertThat(before()).containsEntry("u1", "early");
        began(9);
        assertThat(before()).containsOnlyKeys("u2");
    }

    /** The backups from before the rollout, by database. */
    private Map<String, String> before() {
        var files = new HashMap<String, String>();
        db.run(tx ->
                new BackupStore()
                        .before(tx, "r-1", List.of("u1", "u2", "u3"))
                        .forEach((uid, backup) -> files.put(uid, backup.sha256())));
        return files;
    }

    private void began(long seq) {
        var step = new BackupStore.Step("r-1", "u1", "i", seq);
        db.run(tx -> new BackupStore().began(tx, List.of(step)));
    }
}
