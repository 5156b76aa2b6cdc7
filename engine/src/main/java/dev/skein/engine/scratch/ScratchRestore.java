// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.scratch;

import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.server.PostgresPrograms;
import dev.skein.engine.server.ProgramRuns;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Fills a scratch database from an archive. */
final class ScratchRestore {
    private ScratchRestore() {}

    /** What the program complains of; empty where it ended well. */
    static String run(ScratchHost host, DatabaseAddress address, Path archive) {
        var programs = host.programs();
        if (programs.isEmpty()) {
            return "this machine has no pg_restore for PostgreSQL " + host.major();
        }
        var password = address.password();
        return ProgramRuns.complaints(
                restoring(programs.get(), archive, address),
                password == null ? Map.of() : Map.of("PGPASSWORD", password));
    }

    private static List<String> restoring(
            PostgresPrograms programs, Path archive, DatabaseAddress address) {
        return List.of(
                programs.program("pg_restore"),
                "--no-owner",
                "--no-privileges",
                "--no-comments",
                "--no-publications",
                "--no-subscriptions",
                "--exit-on-error",
                "--dbname=" + address.url(),
                archive.toString());
    }
}
