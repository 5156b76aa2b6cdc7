// SPDX-License-Identifier: Apache-2.0
package dev.skein.standalone.stack;

import dev.skein.engine.Digests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/** Where the archives of a module's classes are kept: beside what was built, one for each build. */
final class ArchiveFolder {
    private static final String ENDING = ".jsa";
    private static final int NAME_BYTES = 8;

    /** Whoever is still at it has been killed. */
    private static final Duration OLD = ClassArchive.LONGEST.multipliedBy(2);

    private final StackHome home;
    private final String module;
    private final List<String> options;

    ArchiveFolder(StackHome home, String module, List<String> options) {
        this.home = home;
        this.module = module;
        this.options = List.copyOf(options);
    }

    /** Whether one can be kept: there are checkouts that nobody may write to, or not this one. */
    boolean isWritable() {
        var folder = home.built();
        while (!Files.exists(folder) && folder.getParent() != null) {
            folder = folder.getParent();
        }
        return Files.isDirectory(folder) && Files.isWritable(folder);
    }

    /** Where the archive of this build is, or would be. */
    Path file() throws IOException {
        return home.built().resolve(module + "-" + key() + ENDING);
    }

    private String key() throws IOException {
        var text = new StringBuilder().append(options).append(System.getProperty("java.home"));
        try (var files = Files.walk(home.application(module).getParent())) {
            text.append(Files.readString(Path.of(System.getProperty("java.home"), "release")));
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                text.append('\n').append(file).append(' ').append(Files.size(file));
                text.append(' ').append(Files.getLastModifiedTime(file).toMillis());
            }
        } catch (UncheckedIOException e) {
            throw e.getCause(); // a folder that went away while it was walked
        }
        var digest = Digests.sha256(text.toString().getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest, 0, NAME_BYTES);
    }

    /** Those of earlier builds; whoever runs with one has it open. And what a killed maker left. */
    void forgetOthers(Path file) throws IOException {
        if (!Files.exists(home.built())) {
            return;
        }
        try (var others = Files.newDirectoryStream(home.built(), module + "-*")) {
            for (var other : others) {
                if (!other.equals(file) && (other.toString().endsWith(ENDING) || isOld(other))) {
                    Files.deleteIfExists(other);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private static boolean isOld(Path unfinished) throws IOException {
        var age =
                Duration.between(Files.getLastModifiedTime(unfinished).toInstant(), Instant.now());
        return age.compareTo(OLD) > 0;
    }
}
