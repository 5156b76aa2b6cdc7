// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.event;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How much of a database a backup holds. */
public enum BackupExtent {
    /** All of it; only such a backup can be restored in the place of its database. */
    FULL,
    /** What it is made of, without any rows. */
    SCHEMA;

    /** As files and events have it. */
    @JsonValue
    public String words() {
        return name().toLowerCase(Locale.ROOT);
    }
}
