// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;

/** A reason not to start on a database. */
final class Refusal extends SkeinException {
    private static final long serialVersionUID = 1L;

    Refusal(String subject, String found, String remedy) {
        super(ErrorCode.FAILED, subject, found, remedy);
    }
}
