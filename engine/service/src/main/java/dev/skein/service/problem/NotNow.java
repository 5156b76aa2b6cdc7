// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.problem;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;

/** The service cannot answer now, and may in a while: nothing is wrong with what was asked. */
public final class NotNow extends SkeinException {
    private static final long serialVersionUID = 1L;

    public NotNow(String subject, String found, String remedy) {
        super(ErrorCode.FAILED, subject, found, remedy);
    }
}
