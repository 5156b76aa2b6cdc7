// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.api.testing.OnApiDatabase;
import org.junit.jupiter.api.Test;

class TokenRowsTest extends OnApiDatabase {
    @Test
    void whatHasBeenWorthNothingForADayIsDeleted() {
        migrate("heads");
        database.run(
                "INSERT INTO account VALUES ('ann', '', '{}', now()); INSERT INTO"
                    + " access_token(hash, account, created_at, expires_at) SELECT n::text, 'ann',"
                    + " now(), now() + make_interval(hours => n) FROM generate_series(-1500, 9) n");
        assertThat(db.call(TokenRows::deleteExpired)).isTrue();
        assertThat(db.call(TokenRows::deleteExpired)).isFalse();
        assertThat(database.value("SELECT count(*) || ' ' || min(hash::int) FROM access_token"))
                .isEqualTo("33 -23");
    }
}
