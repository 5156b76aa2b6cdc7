// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A migration of another tool.
 *
 * @param down how it is taken back; absent where the tool knows no way
 * @param transactional whether the tool ran it in a transaction
 * @param created when it was made, as far as the tool knows
 */
record Foreign(
        String id,
        List<String> revises,
        List<String> dependsOn,
        List<String> labels,
        String message,
        @Nullable Instant created,
        String up,
        @Nullable String down,
        boolean transactional) {
    Foreign {
        revises = List.copyOf(revises);
        dependsOn = List.copyOf(dependsOn);
        labels = List.copyOf(labels);
    }

    /** One that follows another, in a tool that knows one line only. */
    static Foreign after(
            @Nullable String parent,
            String id,
            String message,
            String up,
            @Nullable String down,
            boolean transactional) {
        return new Foreign(
                id,
                parent == null ? List.of() : List.of(parent),
                List.of(),
                List.of(),
                message,
                null,
                up,
                down,
                transactional);
    }
}
