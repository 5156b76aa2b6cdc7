// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.script;

import dev.skein.engine.FileTrouble;
import dev.skein.engine.SkeinException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;

/** The folder that holds revision files; the only part of the format that touches the disk. */
public final class RevisionFolder {
    private final Path folder;

    public RevisionFolder(Path folder) {
        this.folder = folder;
    }

    public Path path() {
        return folder;
    }

    /**
     * Reads every {@code *.sql} file.
     *
     * @throws SkeinException for an unreadable folder or file, or a file that is no revision
     */
    public Scripts load() {
        var scripts = new LinkedHashMap<String, Script>();
        for (var file : files()) {
            var script = ScriptParser.parse(file.getFileName().toString(), read(file));
            var other = scripts.put(script.id(), script);
            if (other != null) {
                throw SkeinException.usage(
                        "Revision " + script.id(),
                        "two files have this id: " + other.file() + " and " + script.file(),
                        "Give one of them another id, or remove it");
            }
        }
        return Scripts.of(scripts.values());
    }

    /**
     * The revision files, by name.
     *
     * @throws SkeinException of wrong usage if there is no such folder, and if it cannot be read
     */
    public List<Path> files() {
        if (!Files.isDirectory(folder)) {
            throw SkeinException.usage(
                    "Revisions folder " + folder,
                    "there is no such folder",
                    "Create it with: skein init");
        }
        try (var entries = Files.list(folder)) {
            return entries.filter(f -> f.toString().endsWith(".sql")).sorted().toList();
        } catch (IOException e) {
            throw new SkeinException(
                    dev.skein.engine.ErrorCode.FAILED,
                    "Revisions folder " + folder,
                    "it cannot be read (" + FileTrouble.inWords(e) + ")",
                    "Check its permissions",
                    e);
        }
    }

    /**
     * The text of a revision file.
     *
     * @throws ScriptError if it cannot be read, or is no UTF-8
     */
    public static String read(Path file) {
        try {
            return text(file.toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new ScriptError(
                    file.toString(), 0, "it cannot be read (" + FileTrouble.inWords(e) + ")", "");
        }
    }

    static String text(String file, byte[] bytes) {
        var in = ByteBuffer.wrap(bytes);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(in).toString();
        } catch (CharacterCodingException e) {
            int line = 1;
            for (int at = 0; at < in.position(); at++) {
                line += bytes[at] == '\n' ? 1 : 0;
            }
            throw new ScriptError(file, line, "it is not UTF-8", "Save it as UTF-8");
        }
    }
}
