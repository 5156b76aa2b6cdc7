// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skein.engine.backup.session.ProgramConnections;
import dev.skein.engine.event.BackupExtent;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.postgres.PgServerError;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.server.FolderTrees;
import dev.skein.engine.server.PostgresPrograms;
import dev.skein.engine.server.PostgresServer;
import dev.skein.engine.server.ProgramRuns;
import dev.skein.engine.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Servers and their programs speak the language that somebody has set. */
class ForeignWordsTest {
    private static final Duration BOUND = Duration.ofMinutes(2);

    /** The same programs; their server is told to speak German. */
    private static PostgresPrograms speakingGerman(Path home) throws IOException {
        var own = TestServer.get().programs();
        var bin = Files.createDirectory(home.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("initdb"), own.bin().resolve("initdb"));
        var server = bin.resolve("postgres");
        Files.writeString(
                server,
                "#!/bin/sh\nunset LC_ALL\nLANGUAGE=de exec %s \"$@\"\n"
                        .formatted(own.bin().resolve("postgres")));
        Files.setPosixFilePermissions(server, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new PostgresPrograms(bin, own.major());
    }

    @Test
    void aLockInTheWayIsKnownInAnyLanguage() throws IOException {
        assumeTrue(
                DumpPrograms.fitting(TestServer.get().programs().major()).isPresent(),
                "no pg_dump of this server's version");
        var home = Files.createTempDirectory("skein-german");
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (var client = PgClient.create();
                var server =
                        PostgresServer.start(
                                speakingGerman(home),
                                home.resolve("data"),
                                TestServer.freePort(),
                                "pw",
                                Map.of("fsync", "off", "lc_messages", "C.UTF-8"),
                                home.resolve("log"));
                var holder = client.open(server.address("postgres"), "test", Map.of())) {
            assumeTrue(isGerman(holder), "this machine's server speaks no German");
            holder.script("CREATE TABLE t (id int)", BOUND);
            holder.script("BEGIN; LOCK TABLE t", BOUND);
            var dump =
                    new Dump(
                            client,
                            new BackupFolder(home.resolve("backups")),
                            Clock.systemUTC(),
                            Duration.ofMillis(500));
            assertThatThrownBy(() -> take(dump, server.address("postgres")))
                    .hasMessageContaining("somebody holds a lock on one of its tables");

            holder.script(
                    "ROLLBACK; CREATE TABLE shut (); CREATE ROLE little LOGIN PASSWORD 'pw'",
                    BOUND);
            var url = server.address("postgres").url().replace("postgres@", "little@");
            var little = DatabaseAddress.parse(url).withPassword("pw");
            assertThatThrownBy(() -> take(dump, little))
                    .hasMessageContaining(
                            "pg_dump: error: query failed: FEHLER:  keine Berechtigung");
        } finally {
            FolderTrees.delete(home);
        }
    }

    private static boolean isGerman(PgSession session) {
        try {
            session.script("SELECT 1/0", BOUND);
            return false;
        } catch (PgServerError e) {
            return e.serverMessage().equals("Division durch Null");
        }
    }

    private static void take(Dump dump, DatabaseAddress address) {
        var state = new JournalState("0".repeat(32), "i", 1, new byte[32], 1, 0, List.of(), null);
        dump.take(address, BackupExtent.SCHEMA, state, "r", () -> false);
    }

    @Test
    void programsSpeakEnglishAndNoValueLeavesInAnyLanguage() {
        assertThat(ProgramRuns.output(List.of("/bin/sh", "-c", "echo $LC_ALL"))).isEqualTo("C\n");
        assertThat(
                        ProgramConnections.inWords(
                                """
                                pg_restore: while PROCESSING TOC:
                                pg_restore: error: COPY failed for table "t": FEHLER:  ungültige Eingabesyntax für Typ integer: »john«
                                CONTEXT:  COPY t, line 1, column id: "error: john"
                                pg_restore: error: COPY failed for table "t": ERROR:  リレーション"john"は存在しません
                                pg_restore: error: COPY failed for table "t": ERROR:  relation "t" has "john"
                                """))
                .isEqualTo(
                        "pg_restore: error: COPY failed for table \"t\": FEHLER:  ungültige"
                                + " Eingabesyntax für Typ integer: \"…\"; pg_restore: error: COPY"
                                + " failed for table \"t\": ERROR:  リレーション\"…\"は存在しません;"
                                + " pg_restore: error: COPY failed for table \"t\": ERROR: "
                                + " relation \"t\" has \"…\"");
    }
}
