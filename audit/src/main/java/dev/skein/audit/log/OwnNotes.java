// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.log;

import dev.skein.engine.SkeinException;
import dev.skein.engine.proof.Checkpoint;
import dev.skein.engine.proof.NoteKey;

/** Checkpoints that this service has signed, told from those of another log or by another key. */
final class OwnNotes {
    private final String origin;
    private final NoteKey verifier;

    OwnNotes(String origin, NoteKey verifier) {
        this.origin = origin;
        this.verifier = verifier;
    }

    /**
     * Reads one that is taken up again.
     *
     * @param where it was found
     * @throws SkeinException if this service, with this key, has not signed it
     */
    Checkpoint read(String note, String where) {
        if (!isOurs(note)) {
            throw SkeinException.failed(
                    "The last checkpoint, in " + where,
                    "it was not signed with the key " + verifier.text() + " for " + origin,
                    "Restore skein.audit.key and skein.audit.origin as they were; or somebody put"
                            + " it there");
        }
        return Checkpoint.read(note);
    }

    private boolean isOurs(String note) {
        try {
            return Checkpoint.read(note).origin().equals(origin)
                    && Checkpoint.isSigned(note, verifier).orElse(false);
        } catch (SkeinException e) {
            return false; // no note at all
        }
    }
}
