// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.revision;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import java.util.List;

/** A revision graph, or a name for something in it, that makes no sense; carries the revisions. */
public final class RevisionError extends SkeinException {
    private static final long serialVersionUID = 1L;

    private final List<String> revisions;

    private RevisionError(String subject, String found, String remedy, List<String> revisions) {
        super(ErrorCode.USAGE, subject, found, remedy);
        this.revisions = List.copyOf(revisions);
    }

    /** The revisions the error is about: duplicates, the cycle, or the candidates. */
    public List<String> revisions() {
        return revisions;
    }

    static RevisionError duplicate(String id) {
        return new RevisionError(
                "Revision " + id,
                "more than one revision has this id",
                "Give one of them another id",
                List.of(id));
    }

    static RevisionError missing(String id, String parent) {
        return new RevisionError(
                "Revision " + id,
                "it needs " + parent + ", which is not in the folder",
                "Restore the missing file, or correct 'revises' or 'depends-on'",
                List.of(id, parent));
    }

    static RevisionError cycle(List<String> ids) {
        return new RevisionError(
                "Revisions " + String.join(", ", ids),
                "each of them waits for another one of them (a cycle)",
                "Correct 'revises' or 'depends-on' in one of them",
                ids);
    }

    static RevisionError duplicateLabel(String label, String first, String second) {
        return new RevisionError(
                "Label '" + label + "'",
                "both " + first + " and " + second + " declare it",
                "Keep it in one of them",
                List.of(first, second));
    }

    /** No revision or label has this name. */
    public static RevisionError unknown(String text, List<String> nearest) {
        var hint =
                nearest.isEmpty()
                        ? "List what there is: skein history"
                        : "Did you mean " + String.join(" or ", nearest) + "?";
        return new RevisionError(
                "Target '" + text + "'", "no revision or label has this name", hint, nearest);
    }

    static RevisionError ambiguousPrefix(String text, List<String> candidates) {
        return new RevisionError(
                "Target '" + text + "'",
                "several revisions start with it: " + String.join(", ", candidates),
                "Write more of the id",
                candidates);
    }

    static RevisionError severalHeads(String text, List<String> heads) {
        return new RevisionError(
                "Target '" + text + "'",
                "it is ambiguous: heads are " + String.join(", ", heads),
                "Name one, say 'heads' for all, or join them: skein merge "
                        + String.join(" ", heads),
                heads);
    }

    static RevisionError noSuchStep(String text, String found, List<String> choices) {
        var hint = choices.isEmpty() ? "" : "Name one of: " + String.join(", ", choices);
        return new RevisionError("Target '" + text + "'", found, hint, choices);
    }
}
