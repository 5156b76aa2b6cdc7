// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.postgres;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.engine.testing.TestDatabase;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ConnectFailureTest {
    @RegisterExtension final TestDatabase database = new TestDatabase();

    @Test
    void aPasswordThatIsMissingIsSaidToBe() {
        try (var client = PgClient.create()) {
            var address = database.address();
            assertThatThrownBy(() -> client.open(address.withPassword(null), "test", Map.of()))
                    .hasMessageContaining("the server wants a password, and none was given")
                    .hasMessageContaining("Set PGPASSWORD, or write password: env:NAME");
            assertThatThrownBy(() -> client.open(address.withPassword("no"), "test", Map.of()))
                    .hasMessageContaining("password authentication failed");
        }
    }
}
