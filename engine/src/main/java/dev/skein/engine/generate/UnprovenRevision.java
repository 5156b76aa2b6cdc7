// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.generate;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;

/** What was generated did not lead where it should; nothing was written. */
public final class UnprovenRevision extends SkeinException {
    private static final long serialVersionUID = 1L;

    private final String draft;

    UnprovenRevision(String found, String draft) {
        super(
                ErrorCode.DIFFERS,
                "Generated revision",
                found,
                "Write this one by hand: skein revision -m \"…\", from the draft above");
        this.draft = draft;
    }

    /** The text that failed. */
    public String draft() {
        return draft;
    }
}
