// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import dev.skein.engine.script.Misfits;
import dev.skein.engine.script.Script;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The session's advisory locks that revisions of a walk say they keep; who follows left none. */
final class KeptLocks {
    private final Set<String> kept = new HashSet<>();

    /** Of the locks that are held when a revision ends, those that it has to answer for. */
    List<String> left(Script script, List<String> held) {
        var allowed = script.allowed();
        if (allowed.containsKey(Misfits.RULE) || allowed.containsKey(Misfits.NAME)) {
            kept.addAll(held);
        }
        return held.stream().filter(lock -> !kept.contains(lock)).toList();
    }
}
