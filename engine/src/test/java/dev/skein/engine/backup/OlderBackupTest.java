// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.engine.catalog.CatalogQuery;
import dev.skein.engine.catalog.CatalogReader;
import dev.skein.engine.event.BackupExtent;
import dev.skein.engine.journal.EntryKind;
import dev.skein.engine.scratch.ScratchServer;
import dev.skein.engine.testing.TestServer;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Backups whose descriptions earlier versions wrote. */
class OlderBackupTest extends BackupFixture {
    private static final int EARLIER = 4;

    /** What the database was like when it was saved, as an earlier version noted it. */
    private record Noted(String fingerprint, String shape, CatalogLikeness likeness) {}

    private Noted noted() {
        try (var session = database.open()) {
            var everything = CatalogQuery.everything(session.major());
            var print = CatalogReader.fingerprint(session, everything, EARLIER);
            var catalog = CatalogReader.read(session).as(print);
            return new Noted(
                    print.toString(), ScratchShape.of(catalog), CatalogLikeness.of(catalog, true));
        }
    }

    private @Nullable Noted then;
    private @Nullable Noted other;
    private @Nullable Backup backup;

    /** With something of a kind that the earlier version did not see. */
    @BeforeEach
    void saved() {
        database.run("CREATE TEXT SEARCH CONFIGURATION plain (COPY = simple)");
        upgrade("a1", "r1", 1, BackupExtent.FULL);
        then = noted();
        upgrade("a2", "r2", 2, BackupExtent.FULL);
        other = noted();
        backup = folder().of(history().getFirst().uid()).getLast();
    }

    private Backup written(@Nullable Noted noted, boolean likeness) throws IOException {
        var known = Objects.requireNonNull(noted);
        return described(
                Objects.requireNonNull(backup),
                known.fingerprint(),
                known.shape(),
                likeness ? known.likeness() : null,
                null);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void oneOfAnOlderFormatIsComparedInItsFormat(boolean hasLikeness) throws IOException {
        try (var server = ScratchServer.start(database.client(), TestServer.get().programs())) {
            assertThat(RestoreTrial.run(server, folder(), written(then, hasLikeness))).isEmpty();
            assertThat(RestoreTrial.run(server, folder(), written(other, hasLikeness)))
                    .containsExactly("its catalog differs from the one that was saved");
        }
        assertThatThrownBy(() -> restore(written(other, hasLikeness), 3))
                .hasMessageContaining("restored, it is not what was saved: its catalog differs");

        assertThat(restore(written(then, hasLikeness), 3)).isNotEmpty();
        assertThat(history().getLast().kind()).isEqualTo(EntryKind.RESTORED);
        assertThat(history().getLast().outcome()).isNull();
    }

    /** Of a format that nobody makes any more, or of a server that printed it otherwise. */
    @Test
    void whatCannotBeComparedIsSaid() throws IOException {
        int major = TestServer.get().programs().major();
        var forms = List.of("4-" + (major - 1), "3-" + major);
        try (var server = ScratchServer.start(database.client(), TestServer.get().programs())) {
            for (var form : forms) {
                var written = written(strange(form), true);
                assertThatThrownBy(() -> RestoreTrial.run(server, folder(), written))
                        .hasMessageContaining(
                                "it could be restored, but not compared: its catalog");
            }
        }
        assertThat(restore(written(strange(forms.getLast()), true), 3)).isNotEmpty();
        var last = history().getLast();
        assertThat(last.outcome())
                .isEqualTo(
                        "not compared: its catalog, which another version of Skein noted"
                                + " otherwise");
        assertThat(last.fingerprint()).as("what was not compared is not what must be").isNull();
    }

    private static Noted strange(String form) {
        var print = form + "-" + "0".repeat(64);
        return new Noted(print, "0", new CatalogLikeness(print, print, true, true, List.of()));
    }
}
