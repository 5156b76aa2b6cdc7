// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.proof;

import dev.skein.engine.Digests;
import dev.skein.engine.SkeinException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A key for signed notes: Ed25519, with the name of who signs. Source: the signed-note format of
 * C2SP, version 1.0.
 */
public final class NoteKey {
    private static final byte ED25519 = 1;
    private static final int RAW = 32;
    private static final byte[] PUBLIC = HexFormat.of().parseHex("302a300506032b6570032100");
    private static final byte[] PRIVATE =
            HexFormat.of().parseHex("302e020100300506032b657004220420");

    private final String name;
    private final byte[] raw;

    private NoteKey(String name, byte[] raw) {
        this.name = name;
        this.raw = raw;
    }

    /** Two keys that belong together. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Pair(NoteKey verifier, byte[] seed) {
        /** The secret one as text, to be kept where only its owner can read. */
        public String secret() {
            return "PRIVATE+KEY+" + verifier.name() + "+" + verifier.id() + "+" + base64(seed);
        }

        /**
         * Signs bytes.
         *
         * @throws IllegalStateException if this JDK has no Ed25519
         */
        public byte[] sign(byte[] text) {
            try {
                var key =
                        KeyFactory.getInstance("Ed25519")
                                .generatePrivate(new PKCS8EncodedKeySpec(joined(PRIVATE, seed)));
                var signature = Signature.getInstance("Ed25519");
                signature.initSign(key);
                signature.update(text);
                return signature.sign();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("Ed25519 cannot be used", e);
            }
        }
    }

    /**
     * A new pair.
     *
     * @throws SkeinException of wrong usage if the name has blanks or a plus
     * @throws IllegalStateException if this JDK has no Ed25519
     */
    public static Pair create(String name) {
        if (!name.matches("[^\\s+]+")) {
            throw SkeinException.usage(
                    "Key '" + name + "'", "its name has blanks or '+'", "Choose another name");
        }
        try {
            var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            return new Pair(
                    new NoteKey(name, last(pair.getPublic().getEncoded())),
                    last(pair.getPrivate().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Ed25519 cannot be used", e);
        }
    }

    /**
     * Reads a verifier's key: name, hash and base64, joined by '+'.
     *
     * @throws SkeinException for text that is none
     */
    public static NoteKey parse(String text) {
        var parts = text.strip().split("\\+", 3);
        try {
            var key = Base64.getDecoder().decode(parts.length == 3 ? parts[2] : "");
            if (key.length == RAW + 1 && key[0] == ED25519) {
                var parsed = new NoteKey(parts[0], last(key));
                if (parsed.id().equals(parts[1])) {
                    return parsed;
                }
            }
        } catch (IllegalArgumentException e) {
            // no base64: as wrong as anything else
        }
        throw SkeinException.usage(
                "Key '" + text.strip() + "'", "it is no key of a log", "Write name+hash+base64");
    }

    /**
     * Reads a pair as {@link Pair#secret} wrote it, with its verifier's key.
     *
     * @throws SkeinException where the two do not belong together
     */
    public static Pair parse(String secret, String verifier) {
        var key = parse(verifier);
        var parts = secret.strip().split("\\+", 5);
        if (parts.length == 5 && secret.startsWith("PRIVATE+KEY+") && isSeed(parts[4])) {
            var pair = new Pair(key, last(Base64.getDecoder().decode(parts[4])));
            var probe = "probe".getBytes(StandardCharsets.UTF_8);
            if (key.isSigned(probe, pair.sign(probe))) {
                return pair;
            }
        }
        throw SkeinException.failed(
                "Key " + key.name(),
                "secret and public key do not belong together",
                "Restore the file of the key, and the one beside it, from a backup");
    }

    private static boolean isSeed(String text) {
        try {
            return Base64.getDecoder().decode(text).length == RAW + 1;
        } catch (IllegalArgumentException e) {
            return false; // no base64
        }
    }

    public String name() {
        return name;
    }

    /** Eight hexadecimal digits that tell keys of one name apart. */
    public String id() {
        var text = (name + "\n").getBytes(StandardCharsets.UTF_8);
        return Digests.hex(Digests.sha256(text, new byte[] {ED25519}, raw)).substring(0, 8);
    }

    /** As others need it to verify. */
    public String text() {
        return name + "+" + id() + "+" + base64(raw);
    }

    /** Whether a signature of bytes was made by the other half of this key. */
    public boolean isSigned(byte[] text, byte[] signature) {
        try {
            var key =
                    KeyFactory.getInstance("Ed25519")
                            .generatePublic(new X509EncodedKeySpec(joined(PUBLIC, raw)));
            var check = Signature.getInstance("Ed25519");
            check.initVerify(key);
            check.update(text);
            return check.verify(signature);
        } catch (GeneralSecurityException e) {
            return false; // bytes that are no signature at all
        }
    }

    private static String base64(byte[] raw) {
        return Base64.getEncoder().encodeToString(joined(new byte[] {ED25519}, raw));
    }

    private static byte[] last(byte[] encoded) {
        return Arrays.copyOfRange(encoded, encoded.length - RAW, encoded.length);
    }

    private static byte[] joined(byte[] head, byte[] tail) {
        var all = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, all, head.length, tail.length);
        return all;
    }
}
