// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.testing;

import dev.skein.engine.event.Directive;

/** Directives of a rollout, as far as it matters that they are some. */
public final class Directives {
    private Directives() {}

    /** One for a database, in a generation. */
    public static Directive of(String uid, long generation, Directive.Action action) {
        return new Directive(
                uid,
                generation,
                action,
                "r",
                "sha256:0",
                "heads",
                "ann",
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }
}
