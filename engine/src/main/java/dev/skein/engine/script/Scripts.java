// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.script;

import dev.skein.engine.revision.RevisionError;
import dev.skein.engine.revision.RevisionGraph;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** A set of revisions as written down: the graph and each revision's script. */
public final class Scripts {
    private final RevisionGraph graph;
    private final Map<String, Script> byId;

    private Scripts(RevisionGraph graph, Map<String, Script> byId) {
        this.graph = graph;
        this.byId = byId;
    }

    /**
     * Puts scripts together.
     *
     * @throws dev.skein.engine.revision.RevisionError if they make no graph
     */
    public static Scripts of(Collection<Script> scripts) {
        var graph = RevisionGraph.of(scripts.stream().map(Script::revision).toList());
        var byId = new LinkedHashMap<String, Script>();
        scripts.forEach(script -> byId.put(script.id(), script));
        return new Scripts(graph, byId);
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
