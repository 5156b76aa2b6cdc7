// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.postgres;

import dev.skein.engine.Digests;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.SecretKeyFactorySpi;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Derives the keys of logins, each once. A login by SCRAM-SHA-256 (RFC 5802) stretches its password
 * by thousands of rounds of hashing, which takes longer than all the rest of connecting; whoever
 * logs in a hundred thousand times with one password need not do it anew each time, since the
 * server's salt stays the same for as long as the role's password does.
 *
 * <p>A security provider before the JDK's, of this one algorithm, which it has the JDK's compute.
 * What it keeps, the newest {@value #MOST} keys, serves whoever can read this process's memory no
 * better than the passwords that are there as well.
 */
public final class LoginKeys extends Provider {
    private static final long serialVersionUID = 1;
    private static final String NAME = "SkeinLoginKeys";
    private static final String TYPE = "SecretKeyFactory";
    private static final String ALGORITHM = "PBKDF2WithHmacSHA256";
    private static final int MOST = 256;

    private LoginKeys() {
        super(NAME, "1", "Derives the keys of logins, each once");
        putService(new KeptService(this));
    }

    /**
     * From now on, in this process; for programs, since it is one for all of it. A second call
     * changes nothing.
     */
    public static void keep() {
        Security.insertProviderAt(new LoginKeys(), 1); // not one of the same name again
    }

    /** One factory for all who ask, made when the first one does. */
    private static final class KeptService extends Service {
        private @Nullable KeptKeys keys;

        KeptService(Provider provider) {
            super(provider, TYPE, ALGORITHM, KeptKeys.class.getName(), List.of(), Map.of());
        }

        @Override
        public synchronized Object newInstance(@Nullable Object parameter)
                throws NoSuchAlgorithmException {
            if (keys == null) {
                keys = new KeptKeys(original());
            }
            return keys;
        }

        /** What would have been asked without this. */
        private SecretKeyFactory original() throws NoSuchAlgorithmException {
            for (var provider : Security.getProviders(TYPE + "." + ALGORITHM)) {
                if (!provider.getName().equals(NAME)) {
                    return SecretKeyFactory.getInstance(ALGORITHM, provider);
                }
            }
            throw new NoSuchAlgorithmException(ALGORITHM);
        }
    }

    /** The factory that keeps what it made, by a digest of what it was made from. */
    private static final class KeptKeys extends SecretKeyFactorySpi {
        private final SecretKeyFactory original;
        private final Map<String, SecretKey> kept =
                new LinkedHashMap<>(16, 0.75f, true) {
                    private static final long serialVersionUID = 1;

                    @Override
                    protected boolean removeEldestEntry(Map.Entry<String, SecretKey> eldest) {
                        return size() > MOST;
                    }
                };

        KeptKeys(SecretKeyFactory original) {
            this.original = original;
        }

        @Override
        protected SecretKey engineGenerateSecret(KeySpec spec) throws InvalidKeySpecException {
            if (!(spec instanceof PBEKeySpec login) || login.getSalt() == null) {
                return original.generateSecret(spec);
            }
            var source = source(login);
            var known = find(source);
            if (known != null) {
                return known;
            }
            var made = new SecretKeySpec(original.generateSecret(spec).getEncoded(), ALGORITHM);
            keep(source, made);
            return made;
        }

        private synchronized @Nullable SecretKey find(String source) {
            return kept.get(source);
        }

        private synchronized void keep(String source, SecretKey key) {
            kept.put(source, key);
        }

        /** A digest in which each part has its length before it. */
        private static String source(PBEKeySpec login) {
            var password = login.getPassword();
            var text = new String(password).getBytes(StandardCharsets.UTF_16BE);
            Arrays.fill(password, '\0');
            var numbers =
                    ByteBuffer.allocate(4 * Integer.BYTES)
                            .putInt(login.getIterationCount())
                            .putInt(login.getKeyLength())
                            .putInt(login.getSalt().length)
                            .putInt(text.length);
            return Digests.hex(Digests.sha256(numbers.array(), login.getSalt(), text));
        }

        @Override
        protected KeySpec engineGetKeySpec(SecretKey key, Class<?> kind)
                throws InvalidKeySpecException {
            return original.getKeySpec(key, kind);
        }

        @Override
        protected SecretKey engineTranslateKey(SecretKey key) throws InvalidKeyException {
            return original.translateKey(key);
        }
    }
}
