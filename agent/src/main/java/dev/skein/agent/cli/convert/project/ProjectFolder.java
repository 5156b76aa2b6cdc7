// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert.project;

import dev.skein.agent.cli.convert.source.ImportNotes;
import dev.skein.engine.FileTrouble;
import dev.skein.engine.SkeinException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The files of another tool's folder. Each is taken once; what nobody took is named in the end, so
 * that nothing is left out in silence.
 */
public final class ProjectFolder {
    private static final Pattern HIDDEN = Pattern.compile("\\..*");

    private final Path root;
    private final Set<Path> left = new LinkedHashSet<>();
    private final List<Path> links = new ArrayList<>();

    private ProjectFolder(Path root) {
        this.root = root;
    }

    /**
     * Lists a folder.
     *
     * @param depth how deep: 1 for the folder alone
     */
    static ProjectFolder of(Path root, int depth) {
        if (!Files.isDirectory(root)) {
            throw SkeinException.usage(
                    root.toString(), "there is no such folder", "Name the project's folder");
        }
        var folder = new ProjectFolder(root);
        folder.list(root, depth);
        return folder;
    }

    private void list(Path folder, int depth) {
        try (var entries = Files.list(folder)) {
            for (var entry : entries.sorted().toList()) {
                if (!HIDDEN.matcher(name(entry)).matches()) {
                    add(entry, depth);
                }
            }
        } catch (IOException e) {
            throw SkeinException.failed(
                    folder.toString(), "it cannot be read (" + FileTrouble.inWords(e) + ")", "");
        }
    }

    private void add(Path entry, int depth) {
        if (!Files.isDirectory(entry)) {
            left.add(entry);
        } else if (Files.isSymbolicLink(entry)) {
            links.add(entry);
        } else if (depth > 1) {
            list(entry, depth - 1);
        } else {
            left.add(entry);
        }
    }

    public static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    Path root() {
        return root;
    }

    /** The files that nobody took yet, by path. */
    List<Path> files() {
        return left.stream().filter(f -> !Files.isDirectory(f)).toList();
    }

    /** The files whose name matches, by path; they count as taken. */
    List<Path> take(Predicate<Path> which) {
        var taken = files().stream().filter(which).toList();
        taken.forEach(left::remove);
        return taken;
    }

    List<Path> take(Pattern name) {
        return take(f -> name.matcher(name(f)).matches());
    }

    /** Whether a file was there and not yet taken; it counts as taken. */
    boolean take(Path file) {
        return left.remove(file);
    }

    /** Names what nobody took. */
    void tell(ImportNotes notes) {
        tell(notes, "no migration's name, left out");
    }

    /**
     * Names what nobody took.
     *
     * @param why a file was not
     */
    void tell(ImportNotes notes, String why) {
        for (var file : left) {
            notes.add(Files.isDirectory(file) ? "a folder inside is left out" : why, file);
        }
        links.forEach(link -> notes.add("a link to a folder is left out", link));
    }
}
