// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.relay;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;

/** There is no topic where something is to be sent, as the brokers say. */
final class NoTopic extends SkeinException {
    private static final long serialVersionUID = 1L;

    NoTopic(String topic) {
        super(
                ErrorCode.FAILED,
                "Topic " + topic,
                "it is not there",
                "Where skein.api.sites names its site, start the api again, which makes it; of a"
                        + " site that was taken away, what only ends work is let go");
    }
}
