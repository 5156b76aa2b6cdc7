// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.backup;

import dev.skein.engine.SkeinException;
import dev.skein.engine.server.PostgresPrograms;
import dev.skein.engine.server.ProgramRuns;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * pg_dump and pg_restore of one major version.
 *
 * @param bin the folder that they are in
 */
public record DumpPrograms(Path bin, int major) {
    private static final Pattern VERSION = Pattern.compile("\\b(\\d{2})(?:\\.\\d+|beta|rc|devel)");

    /** Those of this machine, oldest first. */
    public static List<DumpPrograms> installed() {
        return PostgresPrograms.folders().stream()
                .flatMap(bin -> at(bin).stream())
                .sorted(Comparator.comparingInt(DumpPrograms::major))
                .toList();
    }

    /** Those of a server's own version: what a newer one writes, an older server may not read. */
    public static Optional<DumpPrograms> fitting(int serverMajor) {
        return installed().stream().filter(p -> p.major() == serverMajor).findFirst();
    }

    /**
     * The same.
     *
     * @throws SkeinException where this machine has none, with the package to install
     */
    static DumpPrograms dumping(int serverMajor, String subject) {
        return fitting(serverMajor).orElseThrow(() -> missing(subject, serverMajor));
    }

    /**
     * Those that read an archive and talk to a server: no older than what wrote the one, and no
     * newer than the other, whose settings a newer one does not know.
     *
     * @throws SkeinException where this machine has none, with the package to install
     */
    static DumpPrograms restoring(int programMajor, int serverMajor) {
        return installed().stream()
                .filter(p -> p.major() >= programMajor)
                .filter(p -> p.major() <= Math.max(programMajor, serverMajor))
                .findFirst()
                .orElseThrow(() -> missing("Restoring a backup", programMajor));
    }

    private static SkeinException missing(String subject, int major) {
        return SkeinException.failed(
                subject,
                "backup unavailable: there is no pg_dump and pg_restore for PostgreSQL "
                        + major
                        + " on this machine"
                        + others(),
                "Install postgresql-client-" + major);
    }

    private static String others() {
        var there = installed().stream().map(p -> String.valueOf(p.major())).distinct().toList();
        return there.isEmpty() ? "" : ", but for " + String.join(", ", there);
    }

    /** The servers, by major version, that can be dumped here; the oldest first. */
    public static List<Integer> servers() {
        return installed().stream().map(DumpPrograms::major).distinct().toList();
    }

    private static Optional<DumpPrograms> at(Path bin) {
        if (!Files.isExecutable(bin.resolve("pg_dump"))
                || !Files.isExecutable(bin.resolve("pg_restore"))) {
            return Optional.empty();
        }
        var says = ProgramRuns.output(List.of(bin.resolve("pg_dump").toString(), "--version"));
        var m = VERSION.matcher(says);
        return m.find()
                ? Optional.of(new DumpPrograms(bin, Integer.parseInt(m.group(1))))
                : Optional.empty();
    }

    String program(String name) {
        return bin.resolve(name).toString();
    }
}
