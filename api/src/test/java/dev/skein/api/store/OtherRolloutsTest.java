// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.api.rollout.RolloutAction;
import dev.skein.api.testing.OnApiDatabase;
import dev.skein.api.testing.RolloutBench;
import dev.skein.service.database.Db;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who else works on a rollout's databases is found without reading what is over. */
class OtherRolloutsTest extends OnApiDatabase {
    private static final int MANY = 1_000;

    private RolloutBench bench;

    @BeforeEach
    void begin() {
        migrate("heads");
        bench = new RolloutBench(db);
        bench.begin();
    }

    private List<String> others(String id) {
        return db.call(tx -> bench.directives.others(tx, id, null));
    }

    /** How many rows of targets a question reads. */
    private long read(String id) {
        return db.call(tx -> {
            long before = read(tx);
            assertThat(bench.directives.others(tx, id, null)).isEmpty();
            return read(tx) - before;
        });
    }

    private static long read(Db.Tx tx) {
        return tx.query(
                        """
                        SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_xact_user_tables
                        WHERE relname = 'rollout_target'
                        """)
                .iterator()
                .next()
                .getLong(0);
    }

    private void propose(String id, int first, int last) {
        bench.propose(id, first, last, 2);
    }

    private void start(String id, int first, int last) {
        propose(id, first, last);
        bench.approve(id);
        bench.conductor.advance(id);
    }

    private void abort(String id) {
        bench.on(id, new RolloutAction.Abort("p", "enough"));
    }

    @Test
    void whatIsOverIsNotRead() {
        for (int n = 1; n <= 8; n++) {
            propose("over-" + n, 1, MANY);
            bench.approve("over-" + n);
            abort("over-" + n);
        }
        propose("never", 1, MANY);
        propose("next", 1, MANY);
        assertThat(read("next")).isZero();
    }

    /** The server knows nothing of what comes after it. */
    private void analyze() {
        database.run("ANALYZE");
    }

    @Test
    void ofTwoTheSmallerOneIsRead() {
        start("large", 11, MANY);
        analyze();
        propose("small", 1, 10);
        assertThat(read("small")).isLessThanOrEqualTo(2 * 10);
        bench.approve("small");
        propose("another", 2 * MANY, 3 * MANY);
        assertThat(read("another")).as("all that is with others").isLessThan(10 * MANY);
    }

    @Test
    void whoeverHasOneOfThemIsNamed() {
        start("one", 1, 5);
        start("two", 6, 10);
        propose("proposed", 1, 10);
        propose("next", 5, 6);
        assertThat(others("next")).containsExactly("one", "two");
        abort("one");
        assertThat(others("next")).as("what was not begun is free").containsExactly("two");
        propose("first", 1, 3);
        assertThat(others("first")).as("what agents are at is not").containsExactly("one");
        assertThat(others("two")).isEmpty();
    }
}
