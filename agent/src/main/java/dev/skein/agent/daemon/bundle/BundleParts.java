// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.bundle;

import dev.skein.engine.Json;
import dev.skein.engine.SkeinException;
import dev.skein.engine.event.BundleManifest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What records may be parts of bundles. Pure. */
final class BundleParts {
    private static final Pattern KEY = Pattern.compile("sha256:[0-9a-f]{64}/(0|[1-9][0-9]{0,4})");

    /** No bundle is as large, in bytes. */
    private static final int LARGEST = 1 << 28;

    private BundleParts() {}

    /**
     * Whether a record is a part of a bundle, as far as that can be said of one. What was kept once
     * stays, so that nothing else may be.
     */
    static boolean isPart(@Nullable String key, byte[] value) {
        if (key == null || !KEY.matcher(key).matches()) {
            return false;
        }
        var digest = digest(key);
        return key.equals(BundleManifest.key(digest, 0))
                ? isManifest(digest, value)
                : value.length > 0 && value.length <= BundleManifest.CHUNK;
    }

    /** The bundle that a part's key names. */
    static String digest(String key) {
        return key.substring(0, key.lastIndexOf('/'));
    }

    /** Whether it is what a bundle of this digest begins with. */
    static boolean isManifest(String digest, byte[] value) {
        try {
            var says = Json.read(value, BundleManifest.class);
            return says.size() > 0
                    && says.size() <= LARGEST
                    && says.equals(BundleManifest.of(digest, says.size()));
        } catch (SkeinException e) {
            return false;
        }
    }
}
