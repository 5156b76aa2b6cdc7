// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.client;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import org.jspecify.annotations.Nullable;

/** A service is not there now: it may be again in a moment, as after a restart. */
final class NoAnswer extends SkeinException {
    private static final long serialVersionUID = 1L;

    NoAnswer(String subject, String found, String remedy, @Nullable Throwable cause) {
        super(ErrorCode.FAILED, subject, found, remedy, cause);
    }
}
