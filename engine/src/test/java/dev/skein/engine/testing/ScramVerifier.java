// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.testing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** What PostgreSQL keeps of a password (RFC 5803), made with a number of iterations of our own. */
final class ScramVerifier {
    private static final int BITS = 256;
    private static final String MAC = "HmacSHA256";

    private ScramVerifier() {}

    /** The verifier of a password in ASCII, as {@code ALTER ROLE … PASSWORD} takes it. */
    static String of(String password, int iterations) {
        var salt = "salt of the tests".getBytes(StandardCharsets.US_ASCII);
        try {
            var salted =
                    SecretKeyFactory.getInstance("PBKDF2With" + MAC)
                            .generateSecret(
                                    new PBEKeySpec(password.toCharArray(), salt, iterations, BITS))
                            .getEncoded();
            var client = MessageDigest.getInstance("SHA-256").digest(mac(salted, "Client Key"));
            var server = mac(salted, "Server Key");
            return "SCRAM-SHA-256$%d:%s$%s:%s"
                    .formatted(iterations, text(salt), text(client), text(server));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot hash passwords", e);
        }
    }

    private static byte[] mac(byte[] key, String message) throws GeneralSecurityException {
        var mac = Mac.getInstance(MAC);
        mac.init(new SecretKeySpec(key, MAC));
        return mac.doFinal(message.getBytes(StandardCharsets.US_ASCII));
    }

    private static String text(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
