// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.event;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a rehearsal showed of the way back from a revision. */
public enum RehearsalGrade {
    /** The catalog comes back, and so does every row of what it touches. */
    DATA_PROVEN,
    /** The catalog comes back; what rows held was not tried. */
    SHAPE_PROVEN,
    /** The catalog comes back; rows were seen to lose something. */
    LOSSY,
    /** The way back ends, but elsewhere. */
    DIFFERS,
    /** The revision, or its way back, ends with an error. */
    FAILS,
    /** The file says that there is no way back. */
    IRREVERSIBLE;

    /** As reports have it, those for programs, too. */
    @JsonValue
    public String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether this must not go to tenants unread. */
    public boolean isBad() {
        return this == DIFFERS || this == FAILS || this == LOSSY;
    }
}
