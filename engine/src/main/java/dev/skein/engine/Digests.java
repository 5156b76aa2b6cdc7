// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, the one hash function of Skein (FIPS 180-4). */
public final class Digests {
    private static final MessageDigest EMPTY = empty();

    private Digests() {}

    /** The digest (32 bytes) of the parts one after the other. */
    public static byte[] sha256(byte[]... parts) {
        var digest = fresh();
        for (var part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }

    /**
     * A copy of one that nothing was put into, where there can be, is had quicker than a new one.
     */
    private static MessageDigest fresh() {
        try {
            return (MessageDigest) EMPTY.clone();
        } catch (CloneNotSupportedException e) {
            return empty(); // some providers cannot copy
        }
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
