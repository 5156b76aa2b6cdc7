// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.backup;

import dev.skein.engine.SkeinException;
import dev.skein.engine.backup.session.ProgramConnections;
import dev.skein.engine.scratch.ScratchDatabase;
import dev.skein.engine.scratch.ScratchServer;
import java.time.Duration;
import java.util.List;

/** Restores a backup on a scratch server: until then nobody knows whether it is one. */
public final class RestoreTrial {
    private static final Duration TRIAL_TIMEOUT = Duration.ofHours(1);

    private RestoreTrial() {}

    /**
     * Tries one, without owners, grants and comments.
     *
     * @return what is not as it was, in words; empty where catalog and numbers of rows are
     * @throws SkeinException if the archive is missing or damaged, or cannot be restored there, or
     *     not be compared in all: what the scratch server lacks says nothing of the backup
     */
    public static List<String> run(ScratchServer server, BackupFolder folder, Backup backup) {
        var archive = folder.verified(backup);
        var programs = DumpPrograms.restoring(backup.programMajor(), server.major());
        ArchiveNeeds.of(backup, archive, programs).roles().forEach(server::role);
        try (var database = server.database()) {
            var complaints = database.restore(archive);
            if (!complaints.isEmpty()) {
                throw SkeinException.failed(
                        "Backup " + archive.getFileName(),
                        "it could not be tried here: " + ProgramConnections.inWords(complaints),
                        "");
            }
            return compare(database, backup);
        }
    }

    private static List<String> compare(ScratchDatabase database, Backup backup) {
        try (var session = database.open()) {
            // Nobody has a sign to give: who wants it to end interrupts this thread.
            var found = RestoreJudge.of(backup, session, true, TRIAL_TIMEOUT, () -> false);
            if (found.wrong().isEmpty() && !found.uncompared().isEmpty()) {
                throw SkeinException.failed(
                        "Backup " + backup.file(),
                        "it could be restored, but " + found.doubt(),
                        "");
            }
            return found.wrong();
        }
    }
}
