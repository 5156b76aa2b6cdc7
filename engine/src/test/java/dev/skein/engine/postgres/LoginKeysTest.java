// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.engine.testing.TestDatabase;
import java.security.Provider;
import java.security.Security;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A key is made once, is the one that the JDK makes, and lets in whom the server would. */
class LoginKeysTest {
    private static final String ALGORITHM = "PBKDF2WithHmacSHA256";
    private static final String NAME = "SkeinLoginKeys";
    private static final int LONG = 400_000;

    @RegisterExtension final TestDatabase database = new TestDatabase();

    @BeforeEach
    void keep() {
        LoginKeys.keep();
    }

    @AfterEach
    void letGo() {
        Security.removeProvider(NAME);
    }

    private static byte[] key(Provider provider, String password, byte[] salt, int rounds, int bits)
            throws Exception {
        var spec = new PBEKeySpec(password.toCharArray(), salt, rounds, bits);
        return SecretKeyFactory.getInstance(ALGORITHM, provider).generateSecret(spec).getEncoded();
    }

    @Test
    void everyKeyIsTheOneThatTheJdkMakes() throws Exception {
        var providers = Security.getProviders("SecretKeyFactory." + ALGORITHM);
        assertThat(providers[0].getName()).isEqualTo(NAME);
        assertThat(providers).hasSizeGreaterThan(1);
        var random = new Random(4711);
        for (int i = 0; i < 400; i++) {
            // Few of each, so that many are asked for again, and some differ in one part alone.
            var password = "pässword".substring(0, 1 + random.nextInt(3));
            var salt = new byte[] {(byte) random.nextInt(3)};
            int rounds = 1 + random.nextInt(3);
            int bits = 128 * (1 + random.nextInt(2));
            assertThat(key(providers[0], password, salt, rounds, bits))
                    .isEqualTo(key(providers[1], password, salt, rounds, bits));
        }
    }

    @Test
    void theRoundsAreDoneOnce() throws Exception {
        var provider = Objects.requireNonNull(Security.getProvider(NAME));
        var salt = new byte[] {1, 2, 3};
        long first = nanos(provider, salt);
        long again = nanos(provider, salt);
        assertThat(again * 10).as("ns, of the second time").isLessThan(first);
    }

    private static long nanos(Provider provider, byte[] salt) throws Exception {
        long began = System.nanoTime();
        key(provider, "secret", salt, LONG, 256);
        return System.nanoTime() - began;
    }

    @Test
    void keepingThemTwiceIsKeepingThemOnce() {
        LoginKeys.keep();
        assertThat(Security.getProviders()).extracting(Provider::getName).containsOnlyOnce(NAME);
    }

    @Test
    void whoeverHasTheWrongPasswordStaysOut() {
        var address = database.address();
        try (var client = PgClient.create()) {
            for (int i = 0; i < 2; i++) {
                try (var session = client.open(address, "test", Map.of())) {
                    assertThat(session.query("SELECT 1").size()).isOne();
                }
                assertThatThrownBy(() -> client.open(address.withPassword("no"), "test", Map.of()))
                        .hasMessageContaining("password authentication failed");
            }
        }
    }
}
