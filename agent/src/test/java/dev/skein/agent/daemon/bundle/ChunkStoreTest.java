// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.daemon.bundle.ChunkStore.State;
import dev.skein.engine.Digests;
import dev.skein.engine.Json;
import dev.skein.engine.event.BundleManifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("quick")
class ChunkStoreTest {
    private static final byte[] FIRST =
            "x".repeat(BundleManifest.CHUNK).getBytes(StandardCharsets.UTF_8);
    private static final byte[] SECOND = "and another".getBytes(StandardCharsets.UTF_8);
    private static final String DIGEST = "sha256:" + Digests.hex(Digests.sha256(FIRST, SECOND));

    private static final String SHORT =
            Json.text(new BundleManifest(DIGEST, FIRST.length + SECOND.length, 7));

    @TempDir private Path folder;
    private ChunkStore chunks;
    private Instant now = Instant.now();
    private final InstantSource clock = () -> now;

    @BeforeEach
    void open() throws IOException {
        chunks = new ChunkStore(folder, clock.withZone(ZoneOffset.UTC));
        chunks.create();
    }

    private boolean keepAll() throws IOException {
        boolean added = chunks.keep(BundleManifest.key(DIGEST, 1), FIRST);
        added |= chunks.keep(BundleManifest.key(DIGEST, 2), SECOND);
        var manifest = BundleManifest.of(DIGEST, FIRST.length + SECOND.length);
        return chunks.keep(BundleManifest.key(DIGEST, 0), Json.bytes(manifest)) || added;
    }

    private List<Path> files() throws IOException {
        try (var list = Files.list(folder)) {
            return list.sorted().toList();
        }
    }

    @Test
    void aBundleIsReadWhenAllOfItIsThere() throws IOException {
        assertThat(chunks.read(DIGEST).state()).isEqualTo(State.MISSING);
        chunks.keep(BundleManifest.key(DIGEST, 1), FIRST);
        assertThat(chunks.read(DIGEST).state()).isEqualTo(State.MISSING);
        assertThat(keepAll()).isTrue();
        assertThat(chunks.read(DIGEST).bytes())
                .asString()
                .endsWith("xxx" + "and another")
                .hasSize(FIRST.length + SECOND.length);
        assertThat(keepAll()).isFalse();
    }

    @Test
    void whateverFileIsSpoiltTheBundleIsThrownAwayAndComesAgain() throws IOException {
        for (int spoilt = 0; spoilt < 3; spoilt++) {
            for (var content : List.of("", "{}", "first chunk, a bit off", SHORT)) {
                keepAll();
                Files.writeString(files().get(spoilt), content);
                assertThat(chunks.read(DIGEST).state()).isEqualTo(State.SPOILT);
                assertThat(chunks.read(DIGEST).state()).isEqualTo(State.MISSING);
                keepAll();
                assertThat(chunks.read(DIGEST).state()).isEqualTo(State.WHOLE);
            }
        }
    }

    @Test
    void whatWasReadLongAgoAndNobodyNamesIsRemoved() throws IOException {
        var month = Duration.ofDays(30);
        keepAll();
        now = now.plus(Duration.ofDays(20));
        assertThat(chunks.read(DIGEST).state()).isEqualTo(State.WHOLE);
        now = now.plus(Duration.ofDays(29));
        assertThat(chunks.prune(month, Set.of())).as("it was read lately").isZero();
        now = now.plus(Duration.ofDays(2));
        assertThat(chunks.prune(month, Set.of("sha256:" + "0".repeat(64), DIGEST))).isZero();
        Files.writeString(folder.resolve("read.json"), "{}");
        assertThat(chunks.prune(month, Set.of())).isEqualTo(1);
        assertThat(files()).containsExactly(folder.resolve("read.json"));
        assertThat(chunks.read(DIGEST).state()).isEqualTo(State.MISSING);
        assertThat(keepAll()).isTrue();
    }
}
