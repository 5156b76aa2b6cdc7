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
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Manifests and chunks of bundles in a folder. What is no longer what its digest says, after a
 * power cut for example, counts as not there and is thrown away.
 */
final class ChunkStore {
    private static final String PREFIX = "sha256:";

    private static final Pattern PART = Pattern.compile("(sha256_[0-9a-f]{64})-\\d+(\\.part)?");

    private final Path folder;
    private final Clock clock;

    ChunkStore(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
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
            Files.setLastModifiedTime(
                    file(BundleManifest.key(digest, 0)), FileTime.from(clock.instant()));
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

    /**
     * Removes bundles that came, and were read, long ago.
     *
     * @param kept for how long they stay
     * @param named those that stay in any case, by their digests
     * @return how many were removed
     */
    int prune(Duration kept, Set<String> named) throws IOException {
        var before = FileTime.from(clock.instant().minus(kept));
        var bundles = new HashMap<String, List<Path>>();
        try (var files = Files.list(folder)) {
            files.forEach(file -> {
                var part = PART.matcher(file.getFileName().toString());
                if (part.matches()) {
                    bundles.computeIfAbsent(part.group(1), b -> new ArrayList<>()).add(file);
                }
            });
        }
        named.forEach(digest -> bundles.remove(digest.replace(':', '_')));
        int pruned = 0;
        for (var files : bundles.values()) {
            pruned += prune(files, before) ? 1 : 0;
        }
        return pruned;
    }

    private static boolean prune(List<Path> files, FileTime before) throws IOException {
        for (var file : files) {
            if (Files.getLastModifiedTime(file).compareTo(before) > 0) {
                return false;
            }
        }
        for (var file : files) {
            Files.deleteIfExists(file);
        }
        return true;
    }
}
