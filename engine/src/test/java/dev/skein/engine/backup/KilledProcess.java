// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.backup;

import dev.skein.engine.event.BackupExtent;
import dev.skein.engine.execute.Migrator;
import dev.skein.engine.execute.order.Brake;
import dev.skein.engine.execute.order.Goal;
import dev.skein.engine.execute.order.Limits;
import dev.skein.engine.execute.order.MigrationOrder;
import dev.skein.engine.execute.order.Progress;
import dev.skein.engine.execute.order.Scope;
import dev.skein.engine.journal.Author;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.postgres.PgClient;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** Migrates or restores in a process of its own, which a test kills. */
public final class KilledProcess {
    private static final String RESTORE = "restore";

    private KilledProcess() {}

    /** Starts one that brings a database to a2, with a full backup before. */
    static Process upgrading(DatabaseAddress address, Path folder) throws IOException {
        return start(List.of("upgrade", address.url(), password(address), folder.toString()));
    }

    /** Starts one that restores. */
    static Process restoring(Restoration.Order order, Path folder) throws IOException {
        return start(
                List.of(
                        RESTORE,
                        order.address().url(),
                        password(order.address()),
                        folder.toString(),
                        order.uid(),
                        order.sha256(),
                        String.valueOf(order.author().rollout()),
                        String.valueOf(order.author().generation())));
    }

    private static String password(DatabaseAddress address) {
        return String.valueOf(address.password());
    }

    private static Process start(List<String> arguments) throws IOException {
        var command =
                new java.util.ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                KilledProcess.class.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(new File("/dev/null"))
                .start();
    }

    /** What the process does. */
    public static void main(String[] args) {
        var address = new DatabaseAddress(args[1], args[2]);
        var folder = new BackupFolder(Path.of(args[3]));
        try (var client = PgClient.create()) {
            if (args[0].equals(RESTORE)) {
                var order =
                        new Restoration.Order(
                                address,
                                address.withDatabase("postgres"),
                                Scope.at(BackupFixture.SITE),
                                args[4],
                                args[5],
                                new Author("olga", args[6], Long.valueOf(args[7])));
                new Restoration(client, folder, Clock.systemUTC())
                        .run(order, () -> {}, () -> false);
            } else {
                upgrade(client, address, folder);
            }
        }
        System.exit(0);
    }

    private static void upgrade(PgClient client, DatabaseAddress address, BackupFolder folder) {
        var order =
                new MigrationOrder(
                        address,
                        Scope.at(BackupFixture.SITE),
                        BackupFixture.scripts(),
                        new Goal.Upgrade("a2"),
                        new Author("ann", "r2", 2L),
                        Limits.DEFAULT);
        var safeguard =
                new BackupSafeguard(
                        new Dump(client, folder, Clock.systemUTC()),
                        address,
                        BackupExtent.FULL,
                        "r2",
                        Brake.OFF);
        new Migrator(client, Clock.systemUTC()).run(order, Brake.OFF, Progress.NONE, safeguard);
    }
}
