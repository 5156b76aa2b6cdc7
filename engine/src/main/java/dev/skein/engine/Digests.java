// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, the one hash function of Skein (FIPS 180-4). */
public final class Digests {
    /** Each thread's own: it is as new behind each digest that it gave. */
    private static final ThreadLocal<MessageDigest> OWN = ThreadLocal.withInitial(Digests::empty);

    private Digests() {}

    /** The digest (32 bytes) of the parts one after the other. */
    public static byte[] sha256(byte[]... parts) {
        var digest = OWN.get();
        for (var part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }

    private static MessageDigest empty() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** One that takes parts up, some after the other. */
    public static MessageDigest begun() {
        return empty();
    }

    public static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    public static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
