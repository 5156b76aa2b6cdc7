// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.journal;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What happened to a database. */
public enum EntryKind {
    /** The journal was created. */
    INITIALIZED,
    /** A revision's upgrade was committed. */
    APPLIED,
    /** A revision's downgrade was committed. */
    REVERTED,
    /** Heads were written without running SQL. */
    STAMPED,
    /** A statement outside a transaction is about to run. */
    INTENT,
    /** What the catalog showed after such a statement. */
    OUTCOME,
    /** A step failed and was rolled back. */
    FAILED,
    /** A run ended; the fingerprint it left. */
    OBSERVED,
    /** The journal was bound to another place. */
    ADOPTED,
    /** A backup was taken; its checksum is the archive's. */
    BACKED_UP,
    /**
     * The database was restored from a backup: a new incarnation begins behind the backup's last
     * entry.
     */
    RESTORED;

    /** Its name on the wire. */
    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
