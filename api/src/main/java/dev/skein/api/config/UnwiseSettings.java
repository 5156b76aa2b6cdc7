// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.config;

import java.time.Duration;
import java.util.List;

/** What of the settings works and is unwise, with what to set instead. */
public final class UnwiseSettings {
    static final Duration LEAST_SILENCE = Duration.ofSeconds(45);

    private UnwiseSettings() {}

    /** A sentence for each. */
    public static List<String> of(ApiConfig config) {
        return silence(config.silence());
    }

    /** The same of how long a site may be silent. */
    static List<String> silence(Duration silence) {
        return silence.compareTo(LEAST_SILENCE) >= 0
                ? List.of()
                : List.of(
                        "skein.api.silence is %s s: a replica or broker that stands still for a moment may halt rollouts. Set at least %d s"
                                .formatted(silence.toMillis() / 1000.0, LEAST_SILENCE.toSeconds()));
    }
}
