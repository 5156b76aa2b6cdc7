// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.order;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;

/** Another run holds the tenant's lock. */
public final class LockBusy extends SkeinException {
    private static final long serialVersionUID = 1L;

    public LockBusy(String subject, String holder) {
        super(
                ErrorCode.FAILED,
                subject,
                "another run holds it: " + holder,
                "Wait for it to end, or end it");
    }
}
