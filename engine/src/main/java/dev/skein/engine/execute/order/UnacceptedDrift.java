// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.order;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;

/**
 * Nothing was started, or nothing more: the schema is not as the journal left it, and nobody has
 * accepted that.
 */
public final class UnacceptedDrift extends SkeinException {
    private static final long serialVersionUID = 1L;

    private final transient SchemaDrift drift;

    public UnacceptedDrift(String subject, SchemaDrift drift) {
        super(
                ErrorCode.DIFFERS,
                subject,
                drift.inWords(),
                "See what differs: skein check. Take it back, or let it be how the schema must be:"
                        + " --accept-drift \"why\"");
        this.drift = drift;
    }

    /** What differs. */
    public SchemaDrift drift() {
        return drift;
    }
}
