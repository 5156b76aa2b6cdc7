// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.security;

import dev.skein.engine.Digests;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

/** Bearer tokens: 32 random bytes; only their hash is stored. */
public final class BearerTokens {
    private static final int BYTES = 32;
    private static final String PREFIX = "skein_";

    private BearerTokens() {}

    static String create() {
        var bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static String hash(String token) {
        return Digests.hex(Digests.sha256(token.getBytes(StandardCharsets.UTF_8)));
    }
}
