// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.audit.log.LogReads;
import dev.skein.audit.log.SelfCheck;
import dev.skein.audit.log.SignedCheckpoints;
import dev.skein.audit.testing.OnAuditDatabase;
import dev.skein.audit.testing.TestSettings;
import dev.skein.engine.proof.NoteKey;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointSignerTest extends OnAuditDatabase {
    @TempDir Path folder;

    @Test
    void whoWantsItSignedNowTakesAPlaceOfThoseWhoRead() {
        var reads = new LogReads(db, Duration.ofMillis(200), 1);
        var checkpoints = new SignedCheckpoints(new TestSettings(folder), NoteKey.create("test"));
        var signer =
                new CheckpointSigner(
                        db, reads, checkpoints, new SelfCheck(), new SimpleMeterRegistry());
        reads.before(() ->
                assertThatThrownBy(signer::now)
                        .hasMessageContaining("others were being answered for 0.2 s"));
        signer.now();
        assertThat(signer.refusal()).isEmpty();
    }
}
