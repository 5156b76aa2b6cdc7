// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.engine.execute.order.Scope;
import dev.skein.engine.journal.Author;
import dev.skein.engine.journal.DatabaseIdentity;
import dev.skein.engine.testing.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TenantHoldTest {
    @RegisterExtension final TestDatabase database = new TestDatabase();

    private String uid() {
        try (var session = database.open()) {
            return DatabaseIdentity.here(session, null).uid("");
        }
    }

    /** What keeps the session alive would else take it for lost, and that would be told instead. */
    @Test
    void anAnswerThatSomebodyElseTookOverLeavesTheSessionUsable() {
        var author = new Author("tester", null, null);
        try (var hold =
                TenantHold.of(
                        database.client(),
                        database.address(),
                        Scope.DATABASE,
                        author,
                        Clock.systemUTC(),
                        uid())) {
            hold.confirm();
            database.run("UPDATE skein.state SET epoch = epoch + 1");
            assertThatThrownBy(hold::confirm).hasMessageContaining("another holder took over");
            var alive = hold.session().script("SELECT 1", Duration.ofSeconds(20));
            assertThat(alive.size()).isEqualTo(1);
        }
    }
}
