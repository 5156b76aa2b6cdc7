// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;

/** Nothing was started: the schema is not as the journal left it, and nobody has accepted that. */
public final class Drifted extends SkeinException {
    private static final long serialVersionUID = 1L;

    Drifted(String subject, String what) {
        super(
                ErrorCode.DIFFERS,
                subject,
                "its schema was changed by somebody else: " + what,
                "See what differs: skein check. Take it back, or let it be how the schema must be:"
                        + " --accept-drift \"why\"");
    }
}
