// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.security;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import java.nio.charset.StandardCharsets;

/**
 * Password hashes: bcrypt, by its library. Both calls take long on purpose; never on an event loop.
 */
final class PasswordHashes {
    private static final int COST = 10;
    private static final BCrypt.Version VERSION = BCrypt.Version.VERSION_2A;

    private PasswordHashes() {}

    static String hash(String password) {
        var hasher = BCrypt.with(LongPasswordStrategies.hashSha512(VERSION));
        return new String(
                hasher.hash(COST, password.getBytes(StandardCharsets.UTF_8)),
                StandardCharsets.UTF_8);
    }

    static boolean fits(String password, String hash) {
        var verifyer = BCrypt.verifyer(VERSION, LongPasswordStrategies.hashSha512(VERSION));
        return verifyer.verify(
                        password.getBytes(StandardCharsets.UTF_8),
                        hash.getBytes(StandardCharsets.UTF_8))
                .verified;
    }
}
