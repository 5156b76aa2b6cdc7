// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.Json;
import dev.skein.engine.event.BundleManifest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class BundlePartsTest {
    private static final String DIGEST = "sha256:" + "a".repeat(64);

    private static byte[] manifest(int size) {
        return Json.bytes(BundleManifest.of(DIGEST, size));
    }

    @Test
    void theFirstRecordIsAManifestOfItsDigest() {
        assertThat(BundleParts.isPart(DIGEST + "/0", manifest(10))).isTrue();
        assertThat(BundleParts.isPart(DIGEST + "/0", manifest(0))).isFalse();
        assertThat(BundleParts.isPart("sha256:" + "b".repeat(64) + "/0", manifest(10))).isFalse();
        assertThat(BundleParts.isPart(DIGEST + "/0", new byte[] {1})).isFalse();
    }

    @Test
    void theOthersAreChunks() {
        assertThat(BundleParts.isPart(DIGEST + "/1", new byte[] {1})).isTrue();
        assertThat(BundleParts.isPart(DIGEST + "/1", new byte[0])).isFalse();
        var tooLarge = new byte[BundleManifest.CHUNK + 1];
        assertThat(BundleParts.isPart(DIGEST + "/1", tooLarge)).isFalse();
    }

    @Test
    void otherKeysAreNoParts() {
        assertThat(BundleParts.isPart(null, new byte[] {1})).isFalse();
        assertThat(BundleParts.isPart(DIGEST, new byte[] {1})).isFalse();
        assertThat(BundleParts.isPart(DIGEST + "/01", new byte[] {1})).isFalse();
    }
}
