// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.script;

import dev.skein.engine.revision.RevisionError;
import dev.skein.engine.revision.RevisionGraph;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A set of revisions as written down: the graph and each revision's script. */
public final class Scripts {
    private static final Pattern WORD = Pattern.compile("[A-Z_]+");

    private final RevisionGraph graph;
    private final Map<String, Script> byId;

    private volatile @Nullable Set<String> words;

    private Scripts(RevisionGraph graph, Map<String, Script> byId) {
        this.graph = graph;
        this.byId = byId;
    }

    /**
     * Puts scripts together.
     *
     * @throws ScriptError if two files have the same id
     * @throws dev.skein.engine.revision.RevisionError if they make no graph
     */
    public static Scripts of(Collection<Script> scripts) {
        var byId = new LinkedHashMap<String, Script>();
        for (var script : scripts) {
            var other = byId.put(script.id(), script);
            if (other != null) {
                throw new ScriptError(
                        script.file(),
                        0,
                        "the revision '" + script.id() + "' is in " + other.file() + ", too",
                        "Give one of them another id");
            }
        }
        var graph = RevisionGraph.of(scripts.stream().map(Script::revision).toList());
        return new Scripts(graph, byId);
    }

    /** The words of all statements, in upper case. */
    public Set<String> words() {
        var known = words;
        if (known == null) {
            known = new HashSet<>();
            for (var script : byId.values()) {
                for (var section : script.sections()) {
                    var matcher = WORD.matcher(section.getValue().sql().toUpperCase(Locale.ROOT));
                    while (matcher.find()) {
                        known.add(matcher.group());
                    }
                }
            }
            words = known; // whoever comes at the same time finds the same
        }
        return Collections.unmodifiableSet(known);
    }

    public RevisionGraph graph() {
        return graph;
    }

    /**
     * The script of a revision.
     *
     * @throws dev.skein.engine.revision.RevisionError if there is none
     */
    public Script get(String id) {
        var script = byId.get(id);
        if (script == null) {
            throw RevisionError.unknown(id, java.util.List.of());
        }
        return script;
    }

    public Collection<Script> all() {
        return byId.values();
    }
}
