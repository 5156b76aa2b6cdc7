// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.problem;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;

/** What somebody names does not exist: another answer than that it cannot be done now. */
public final class NotThere extends SkeinException {
    private static final long serialVersionUID = 1L;

    public NotThere(String subject, String remedy) {
        this(subject, "there is none", remedy);
    }

    public NotThere(String subject, String found, String remedy) {
        super(ErrorCode.FAILED, subject, found, remedy);
    }
}
