// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.backup;

import dev.skein.engine.SkeinException;
import dev.skein.engine.event.BackupExtent;
import dev.skein.engine.postgres.PgSession;

/** The backup that an order names, if it can be restored. */
final class ChosenBackup {
    private ChosenBackup() {}

    static Backup of(BackupFolder folder, Restoration.Order order) {
        var backup =
                folder.find(order.uid(), order.sha256())
                        .orElseThrow(() ->
                                SkeinException.failed(
                                        "Backup " + order.sha256(),
                                        "it is not in this site's folder, or is another database's",
                                        "See which there are: skein backup list"));
        if (!backup.uid().equals(order.uid())) {
            throw SkeinException.failed(
                    "Backup " + backup.file(),
                    "it is of another database: " + backup.database(),
                    "Choose one of this database");
        }
        if (backup.extent() != BackupExtent.FULL) {
            throw SkeinException.failed(
                    "Backup " + backup.file(), "it holds no rows", "Choose a full one");
        }
        return backup;
    }

    /** An older server cannot read it. */
    static void refuseOlder(PgSession session, Backup backup) {
        if (session.major() < backup.serverMajor()) {
            throw SkeinException.failed(
                    "Backup " + backup.file(),
                    "it is from PostgreSQL %d, the server is %d"
                            .formatted(backup.serverMajor(), session.major()),
                    "Restore it by hand on a newer server");
        }
    }
}
