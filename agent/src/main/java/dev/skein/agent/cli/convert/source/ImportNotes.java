// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert.source;

import dev.skein.engine.SkeinException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a person must know about a project that was taken over: each kind once, with the files that
 * it is about, and all that cannot be taken over.
 */
public final class ImportNotes {
    private static final int WHOLE = 0;

    private final Path project;
    private final Map<String, Map<String, Integer>> kinds = new LinkedHashMap<>();
    private final Map<String, SkeinException> refused = new LinkedHashMap<>();
    private @Nullable String record;

    public ImportNotes(Path project) {
        this.project = project;
    }

    /** Something about the project. */
    public void add(String kind) {
        kinds.computeIfAbsent(kind, k -> new LinkedHashMap<>());
    }

    /** Something about a file. */
    public void add(String kind, Path file) {
        add(kind, file, WHOLE);
    }

    /** Something that a file has, first in this line. */
    public void add(String kind, Path file, int line) {
        kinds.computeIfAbsent(kind, k -> new LinkedHashMap<>()).putIfAbsent(shortly(file), line);
    }

    /** A migration that cannot be taken over. */
    public void refuse(String id, SkeinException why) {
        refused.putIfAbsent(id, why);
    }

    /**
     * The project tells its tool where to record what it applied.
     *
     * @param schema empty where that is left to the search path
     */
    public void recordedIn(String schema, String table) {
        record = (schema.isEmpty() ? "" : schema + ".") + table;
    }

    /** The table that records it, where it is not the tool's own. */
    public @Nullable String record() {
        return record;
    }

    /** Why, by the migration's id. */
    public Map<String, SkeinException> refused() {
        return refused;
    }

    public List<String> lines() {
        var lines = new ArrayList<String>();
        kinds.forEach((kind, files) -> {
            var places =
                    files.entrySet().stream()
                            .map(f ->
                                    f.getKey() + (f.getValue() == WHOLE ? "" : ":" + f.getValue()))
                            .toList();
            lines.add(places.isEmpty() ? kind : String.join(", ", places) + ": " + kind);
        });
        return lines;
    }

    private String shortly(Path file) {
        return file.startsWith(project) && !file.equals(project)
                ? project.relativize(file).toString()
                : file.toString();
    }
}
