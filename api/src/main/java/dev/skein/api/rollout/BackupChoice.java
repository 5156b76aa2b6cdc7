// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rollout;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.skein.engine.SkeinException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is saved of a database before a rollout's first step on it: {@code auto}, {@code full},
 * {@code schema} or {@code none "reason"}.
 *
 * @param reason why nothing is; null for the others
 */
public record BackupChoice(Policy policy, @Nullable String reason) {
    /** How it is decided. */
    public enum Policy {
        /** The schema where all revisions were seen to add and do nothing else; else all of it. */
        AUTO,
        /** All of it. */
        FULL,
        /** The schema. */
        SCHEMA,
        /** Nothing. */
        NONE
    }

    private static final Pattern NONE =
            Pattern.compile("none\\s+(?:\"(.*[^\\s\"].*)\"|([^\\s\"].*))");

    /**
     * Reads one.
     *
     * @throws SkeinException for text that is none
     */
    @JsonCreator
    public static BackupChoice parse(String text) {
        var none = NONE.matcher(text.strip());
        if (none.matches()) {
            return new BackupChoice(
                    Policy.NONE, none.group(1) == null ? none.group(2) : none.group(1));
        }
        return switch (text.strip()) {
            case "auto" -> new BackupChoice(Policy.AUTO, null);
            case "full" -> new BackupChoice(Policy.FULL, null);
            case "schema" -> new BackupChoice(Policy.SCHEMA, null);
            default ->
                    throw SkeinException.usage(
                            "Rollout",
                            "'" + text + "' is no value for backup",
                            "Write auto, full, schema or none \"why\"");
        };
    }

    /** Whether anything is saved. */
    public boolean isWanted() {
        return policy != Policy.NONE;
    }

    @JsonValue
    @Override
    public String toString() {
        var name = policy.name().toLowerCase(Locale.ROOT);
        return reason == null ? name : name + " \"" + reason + "\"";
    }
}
