// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.relay;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;

/** There is no topic where something is to be sent. */
final class NoTopic extends SkeinException {
    private static final long serialVersionUID = 1L;

    NoTopic(String topic) {
        super(
                ErrorCode.FAILED,
                "Topic " + topic,
                "it is not there",
                "Start the api again, which makes it; is the site in skein.api.sites?");
    }
}
