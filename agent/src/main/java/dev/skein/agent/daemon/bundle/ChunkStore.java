// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.bundle;

import dev.skein.engine.Digests;
import dev.skein.engine.ErrorCode;
import dev.skein.engine.Json;
import dev.skein.engine.SkeinException;
import dev.skein.engine.event.BundleManifest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Manifests and chunks of bundles in a folder. What is no longer what its digest says, after a
 * power cut for example, counts as not there and is thrown away.
 */
final class ChunkStore {
    private static final String PREFIX = "sha256:";

    private final Path folder;

    ChunkStore(Path folder) {
        this.folder = folder;
    }

    /** Makes the folder where it is missing. */
    void create() throws IOException {
        Files.createDirectories(folder);
    }

    /**
     * Keeps a record, on the disk when this returns.
     *
     * @return false where it was there
     */
    boolean keep(String key, byte[] value) throws IOException {
        var file = file(key);
        if (Files.exists(file)) {
            return false;
        }
        var part = file.resolveSibling(file.getFileName() + ".part");
        write(part, value);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        try (var directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true); // the name, too
        }
        return true;
    }

    private static void write(Path file, byte[] value) throws IOException {
        try (var channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            for (var left = ByteBuffer.wrap(value); left.hasRemaining(); ) {
                channel.write(left);
            }
            channel.force(true);
        }
    }

    private Path file(String key) {
        return folder.resolve(key.replaceAll("[^0-9a-zA-Z/]", "_").replace('/', '-'));
    }

    /** What became of an attempt to read a bundle. */
    enum State {
        WHOLE,
        MISSING,
        SPOILT
    }

    /**
     * A bundle's bytes as far as they are here.
     *
     * @param bytes there if it is whole
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Content(State state, byte @Nullable [] bytes) {}

    /**
     * Reads a bundle.
     *
     * @throws SkeinException if the folder cannot be read
     */
    Content read(String digest) {
        try {
            return readWhole(digest);
        } catch (IOException e) {
            throw new SkeinException(
                    ErrorCode.FAILED,
                    "Bundle cache " + folder,
                    "it cannot be read (" + e.getMessage() + ")",
                    "Check its permissions, or delete it: it is filled again",
                    e);
        }
    }

    private Content readWhole(String digest) throws IOException {
        var manifest = manifest(digest);
        var bytes = manifest == null ? null : chunks(manifest);
        if (manifest == null || bytes == null) {
            return new Content(State.MISSING, null);
        }
        if (digest.equals(PREFIX + Digests.hex(Digests.sha256(bytes)))) {
            return new Content(State.WHOLE, bytes);
        }
        discard(digest, manifest.chunks());
        return new Content(State.SPOILT, null);
    }

    private @Nullable BundleManifest manifest(String digest) throws IOException {
        var file = file(BundleManifest.key(digest, 0));
        if (!Files.exists(file)) {
            return null;
        }
        var bytes = Files.readAllBytes(file);
        var none = BundleManifest.of(digest, 0); // fits no digest, so what is here is thrown away
        return BundleParts.isManifest(digest, bytes)
                ? Json.read(bytes, BundleManifest.class)
                : none;
    }

    private byte @Nullable [] chunks(BundleManifest manifest) throws IOException {
        var content = new ByteArrayOutputStream(Math.max(0, manifest.size()));
        for (int n = 1; n <= manifest.chunks(); n++) {
            var chunk = file(BundleManifest.key(manifest.digest(), n));
            if (!Files.exists(chunk)) {
                return null;
            }
            content.writeBytes(Files.readAllBytes(chunk));
        }
        return content.toByteArray();
    }

    private void discard(String digest, int chunks) throws IOException {
        for (int n = 0; n <= chunks; n++) {
            Files.deleteIfExists(file(BundleManifest.key(digest, n)));
        }
    }
}
