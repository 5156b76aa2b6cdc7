// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert.source;

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
public record ForeignMigration(
        String id,
        List<String> revises,
        List<String> dependsOn,
        List<String> labels,
        String message,
        @Nullable Instant created,
        ForeignSource up,
        @Nullable ForeignSource down,
        TransactionMode ran,
        @Nullable String noSql) {
    public ForeignMigration {
        revises = List.copyOf(revises);
        dependsOn = List.copyOf(dependsOn);
        labels = List.copyOf(labels);
    }

    /** One without a place yet, in a tool that knows one line only. */
    public static ForeignMigration single(
            String id,
            String message,
            ForeignSource up,
            @Nullable ForeignSource down,
            TransactionMode ran) {
        return new ForeignMigration(
                id, List.of(), List.of(), List.of(), message, null, up, down, ran, null);
    }

    /** A migration that is a program. */
    public static ForeignMigration program(
            String id, String message, ForeignSource text, String why) {
        return new ForeignMigration(
                id,
                List.of(),
                List.of(),
                List.of(),
                message,
                null,
                text,
                null,
                TransactionMode.UNKNOWN,
                why);
    }

    /** The same behind another one. */
    public ForeignMigration behind(@Nullable ForeignMigration parent) {
        return new ForeignMigration(
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
