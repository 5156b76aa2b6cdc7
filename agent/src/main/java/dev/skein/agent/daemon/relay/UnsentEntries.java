// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.relay;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import java.util.concurrent.ExecutionException;

/** Kafka does not take what a journal holds for now; it stays there, to be sent again. */
public final class UnsentEntries extends SkeinException {
    private static final long serialVersionUID = 1L;

    UnsentEntries(String journal, ExecutionException cause) {
        super(
                ErrorCode.FAILED,
                "Journal of " + journal,
                "Kafka did not take it (" + cause.getCause() + ")",
                "",
                cause);
    }
}
