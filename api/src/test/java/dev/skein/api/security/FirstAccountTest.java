// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.skein.api.testing.OnApiDatabase;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class FirstAccountTest extends OnApiDatabase {
    private static final String WAITING =
            "SELECT count(*)::text FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'";

    private long accounts() {
        return db.call(tx -> tx.query("SELECT count(*) FROM account").iterator().next().getLong(0));
    }

    @Test
    void ofTwoServicesThatStartAtOnceOneMakesIt() throws Exception {
        migrate("heads");
        try (var other = database.client().open(database.address(), "other", Map.of())) {
            other.query("BEGIN");
            other.query(
                    "INSERT INTO account(name, password_hash, roles, created_at) VALUES ('admin',"
                            + " 'x', '{admin}', now())");
            var second = new FutureTask<>(() -> new FirstAccount(db).make(Optional.empty()));
            Thread.ofVirtual().start(second);
            await().until(() -> database.value(WAITING).equals("1"));
            other.query("COMMIT");
            assertThat(second.get()).as("nothing to tell: the other one's counts").isEmpty();
        }
        assertThat(accounts()).isEqualTo(1);
    }

    @Test
    void aPasswordOfItsOwnIsToldOnce() {
        migrate("heads");
        var first = new FirstAccount(db);
        assertThatThrownBy(() -> first.make(Optional.of("short")))
                .hasMessageContaining("shorter than 10");
        assertThat(accounts()).isZero();
        assertThat(first.make(Optional.empty()).orElseThrow()).hasSizeGreaterThan(20);
        assertThat(first.make(Optional.empty())).isEmpty();
        assertThat(first.make(Optional.of("another-password"))).isEmpty();
        assertThat(accounts()).isEqualTo(1);
    }
}
