// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.backup;

import dev.skein.engine.backup.Backup.Table;
import dev.skein.engine.event.BackupExtent;
import dev.skein.engine.postgres.PgSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** Compares the rows of a restored database with those that its backup was taken of, by number. */
final class RowCounts {
    private RowCounts() {}

    /** What is not as it was, in words; empty where all is, or the backup has no rows. */
    static List<String> wrong(
            Backup backup, PgSession session, Duration bound, BooleanSupplier stop) {
        var wrong = new ArrayList<String>();
        if (backup.extent() != BackupExtent.FULL) {
            return wrong;
        }
        var now =
                DataTables.counted(session, bound, stop).stream()
                        .collect(Collectors.toMap(Table::name, Table::rows));
        for (var table : backup.tables()) {
            var rows = now.remove(table.name());
            if (rows == null) {
                wrong.add(table.name() + " is missing");
            } else if (rows != table.rows()) {
                wrong.add("%s has %d rows and had %d".formatted(table.name(), rows, table.rows()));
            }
        }
        now.keySet().forEach(name -> wrong.add(name + " was not there"));
        return wrong;
    }
}
