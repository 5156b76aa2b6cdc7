// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.backup;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.engine.postgres.SqlLiterals;
import dev.skein.engine.testing.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who may give something to a role is asked as each server version knows it. */
class RestorePreflightTest {
    private static final int SET_OPTION = 16;

    @RegisterExtension final TestDatabase database = new TestDatabase();

    private void check(String owner) {
        try (var session = database.open()) {
            RestorePreflight.check(
                    session, new RestoreNeeds(List.of(owner), List.of(owner), List.of()));
        }
    }

    @Test
    void onlyWhoMayBecomeARoleGivesThingsToIt() {
        var me = "me_" + database.address().database();
        var owner = "an owner's " + database.address().database();
        database.run(
                "CREATE ROLE %s LOGIN PASSWORD 'x'; CREATE ROLE %s"
                        .formatted(me, SqlLiterals.name(owner)));
        database.whenDropped("DROP ROLE " + me);
        database.whenDropped("DROP ROLE " + SqlLiterals.name(owner));
        assertThatCode(() -> check(owner)).as("a superuser").doesNotThrowAnyException();
        var superuser = database.address();
        var major = Integer.parseInt(database.value("SHOW server_version_num")) / 10_000;
        if (major >= SET_OPTION) {
            database.run("GRANT %s TO %s WITH SET FALSE".formatted(SqlLiterals.name(owner), me));
        }
        database.as(me, "x");
        try {
            assertThatThrownBy(() -> check(owner))
                    .hasMessageContaining("no member of: " + SqlLiterals.name(owner));
            database.as(superuser);
            database.run("GRANT %s TO %s".formatted(SqlLiterals.name(owner), me));
            if (major >= SET_OPTION) {
                database.run("GRANT %s TO %s WITH SET TRUE".formatted(SqlLiterals.name(owner), me));
            }
            database.as(me, "x");
            assertThatCode(() -> check(owner)).doesNotThrowAnyException();
            assertThatThrownBy(() -> check("nobody's"))
                    .hasMessageContaining("does not have: \"nobody's\"");
        } finally {
            database.as(superuser);
        }
    }
}
