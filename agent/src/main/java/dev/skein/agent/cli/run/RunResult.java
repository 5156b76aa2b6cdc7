// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.run;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one of several databases ended; printed as JSON.
 *
 * @param outcome done, held, failed, refused or interrupted
 */
record RunResult(
        String database,
        String outcome,
        List<String> applied,
        List<String> heads,
        @Nullable String fingerprint,
        @Nullable String error) {}
