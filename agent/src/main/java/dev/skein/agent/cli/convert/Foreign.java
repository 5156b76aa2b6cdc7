// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A migration of another tool.
 *
 * @param down how it is taken back; absent where the tool knows no way
 * @param created when it was made, as far as the tool knows
 * @param noSql why there is no SQL of it, where it is a program; up is then its text, for a person
 */
record Foreign(
        String id,
        List<String> revises,
        List<String> dependsOn,
        List<String> labels,
        String message,
        @Nullable Instant created,
        Source up,
        @Nullable Source down,
        Ran ran,
        @Nullable String noSql) {
    Foreign {
        revises = List.copyOf(revises);
        dependsOn = List.copyOf(dependsOn);
        labels = List.copyOf(labels);
    }

    /** One without a place yet, in a tool that knows one line only. */
    static Foreign single(String id, String message, Source up, @Nullable Source down, Ran ran) {
        return new Foreign(id, List.of(), List.of(), List.of(), message, null, up, down, ran, null);
    }

    /** A migration that is a program. */
    static Foreign program(String id, String message, Source text, String why) {
        return new Foreign(
                id, List.of(), List.of(), List.of(), message, null, text, null, Ran.UNKNOWN, why);
    }

    /** The same behind another one. */
    Foreign behind(@Nullable Foreign parent) {
        return new Foreign(
                id,
                parent == null ? List.of() : List.of(parent.id()),
                dependsOn,
                labels,
                message,
                created,
                up,
                down,
                ran,
                noSql);
    }
}
