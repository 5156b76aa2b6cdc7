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
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Manifests and chunks of bundles in a folder. What is no longer what its digest says, after a
 * power cut for example, counts as not there and is thrown away.
 */
final class ChunkStore {
    private static final String PREFIX = "sha256:";

    private static final Pattern KEY = Pattern.compile("sha256:[0-9a-f]{64}/(0|[1-9][0-9]{0,4})");

    /** No bundle is as large, in bytes. */
    private static final int LARGEST = 1 << 28;

    private final Path folder;

    ChunkStore(Path folder) {
        this.folder = folder;
    }

    /**
     * Whether a record is a part of a bundle, as far as that can be said of one. What was kept once
     * stays, so that nothing else may be.
     */
    static boolean isPart(@Nullable String key, byte[] value) {
        if (key == null || !KEY.matcher(key).matches()) {
            return false;
        }
        var digest = key.substring(0, key.lastIndexOf('/'));
        return key.equals(BundleManifest.key(digest, 0))
                ? isManifest(digest, value)
                : value.length > 0 && value.length <= BundleManifest.CHUNK;
    }

    private static boolean isManifest(String digest, byte[] value) {
        try {
            var says = Json.read(value, BundleManifest.class);
            return says.size() > 0
                    && says.size() <= LARGEST
                    && says.equals(BundleManifest.of(digest, says.size()));
        } catch (SkeinException e) {
            return false;
        }
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
        try (var channel =
                FileChannel.open(
                        part,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            for (var left = ByteBuffer.wrap(value); left.hasRemaining(); ) {
                channel.write(left);
            }
            channel.force(true);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        try (var directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true); // the name, too
        }
        return true;
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
            var manifest = manifest(digest);
            if (manifest == null) {
                return new Content(State.MISSING, null);
            }
            var bytes = chunks(manifest);
            if (bytes == null) {
                return new Content(State.MISSING, null);
            }
            if (digest.equals(PREFIX + Digests.hex(Digests.sha256(bytes)))) {
                return new Content(State.WHOLE, bytes);
            }
            discard(digest, manifest.chunks());
            return new Content(State.SPOILT, null);
        } catch (IOException e) {
            throw new SkeinException(
                    ErrorCode.FAILED,
                    "Bundle cache " + folder,
                    "it cannot be read (" + e.getMessage() + ")",
                    "Check its permissions, or delete it: it is filled again",
                    e);
        }
    }

    private @Nullable BundleManifest manifest(String digest) throws IOException {
        var file = file(BundleManifest.key(digest, 0));
        if (!Files.exists(file)) {
            return null;
        }
        var bytes = Files.readAllBytes(file);
        var none = BundleManifest.of(digest, 0); // fits no digest, so what is here is thrown away
        return isManifest(digest, bytes) ? Json.read(bytes, BundleManifest.class) : none;
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
