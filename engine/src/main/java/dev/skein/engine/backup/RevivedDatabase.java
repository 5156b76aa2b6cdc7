// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.backup;

import dev.skein.engine.SkeinException;
import dev.skein.engine.backup.session.PatientSessions;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.postgres.PgClient;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * What was restored, as far as it is not what was saved.
 *
 * @param extensions those that have another version, in words
 */
record RevivedDatabase(Backup backup, List<String> extensions, RestoredComparison comparison) {
    /** Holds the restored database against what was noted when the backup was taken. */
    static RevivedDatabase compare(
            PgClient client, Backup backup, DatabaseAddress there, BooleanSupplier stop) {
        try (var session = PatientSessions.open(client, there)) {
            var compared =
                    RestoreJudge.of(backup, session, false, Restoration.RESTORE_TIMEOUT, stop);
            if (!compared.wrong().isEmpty()) {
                throw SkeinException.failed(
                        "Backup " + backup.file(),
                        "restored, it is not what was saved: "
                                + String.join(", ", compared.wrong()),
                        "Choose another: skein backup list");
            }
            session.script("ANALYZE", Restoration.RESTORE_TIMEOUT, stop);
            var others = ExtensionVersions.others(session, backup.known().extensions());
            return new RevivedDatabase(backup, others, compared);
        }
    }

    boolean isSure() {
        return comparison.uncompared().isEmpty();
    }

    /** What there was when it was saved that no dump brings back, in words. */
    List<String> notDumped() {
        var likeness = backup.likeness();
        return likeness == null ? List.of() : likeness.notDumped();
    }

    /** Tells whoever restored it what they should know. */
    void tell(DatabaseAddress address) {
        if (!notDumped().isEmpty()) {
            warn(
                    "{0} is restored without what no dump brings back: {1}",
                    address, String.join("; ", notDumped()));
        }
        if (!extensions.isEmpty()) {
            warn(
                    "{0} is restored with other versions of extensions, since the server"
                            + " does not have those that it had: {1}",
                    address, String.join("; ", extensions));
        }
        if (!isSure()) {
            warn("{0} is restored, {1}", address, comparison.doubt());
        }
    }

    private static void warn(String text, DatabaseAddress address, String what) {
        System.getLogger(Restoration.class.getName())
                .log(System.Logger.Level.WARNING, text, address, what);
    }
}
