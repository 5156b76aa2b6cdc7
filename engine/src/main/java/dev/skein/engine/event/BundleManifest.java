// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.event;

import java.util.Objects;

/**
 * Says how a bundle is cut into chunks. Chunk n has the key {@code digest/n}, n from 1; the
 * manifest has number 0 and is written last.
 *
 * @param size in bytes
 */
public record BundleManifest(String digest, int size, int chunks) {
    public BundleManifest {
        Objects.requireNonNull(digest, "digest");
    }

    /** The size of each chunk but the last, in bytes. */
    public static final int CHUNK = 512 * 1024;

    public static BundleManifest of(String digest, int size) {
        return new BundleManifest(digest, size, (size + CHUNK - 1) / CHUNK);
    }

    public static String key(String digest, int number) {
        return digest + "/" + number;
    }
}
