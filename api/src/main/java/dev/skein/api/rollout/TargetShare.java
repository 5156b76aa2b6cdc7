// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rollout;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.skein.engine.SkeinException;
import java.util.regex.Pattern;

/**
 * A part of the databases: {@code all}, {@code 3}, {@code 5%} or {@code 1 per site}.
 *
 * @param number how many, or how many hundredths
 */
public record TargetShare(Kind kind, double number) {
    /** All of them. */
    public static final TargetShare ALL = new TargetShare(Kind.ALL, 0);

    /** None of them. */
    public static final TargetShare NONE = new TargetShare(Kind.COUNT, 0);

    private static final Pattern FORM =
            Pattern.compile("(\\d{1,7}(?:\\.\\d{1,3})?)\\s*(%|per site)?");

    /** What the number counts. */
    public enum Kind {
        ALL,
        COUNT,
        PERCENT,
        PER_SITE
    }

    /**
     * Reads a share.
     *
     * @throws SkeinException for text that is none
     */
    @JsonCreator
    public static TargetShare parse(String text) {
        if (text.equals("all")) {
            return ALL;
        }
        var m = FORM.matcher(text.strip());
        if (!m.matches() || (m.group(2) == null && m.group(1).contains("."))) {
            throw SkeinException.usage(
                    "Share '" + text + "'",
                    "it is not all, a number, a percentage or 'n per site'",
                    "Write for example 5% or 1 per site");
        }
        var number = Double.parseDouble(m.group(1));
        if (m.group(2) == null) {
            return new TargetShare(Kind.COUNT, number);
        }
        if (m.group(2).equals("%") && number > 100) {
            throw SkeinException.usage("Share '" + text + "'", "it is more than all", "");
        }
        return new TargetShare(m.group(2).equals("%") ? Kind.PERCENT : Kind.PER_SITE, number);
    }

    /** How many failures of so many databases it allows: rounded down. */
    public int allowed(int databases) {
        return switch (kind) {
            case ALL -> databases;
            case COUNT, PER_SITE -> (int) number;
            case PERCENT -> (int) Math.floor(databases * number / 100);
        };
    }

    /** How many of so many databases it takes: rounded up, so that a small percentage is one. */
    public int taken(int databases) {
        return switch (kind) {
            case ALL -> databases;
            case COUNT, PER_SITE -> Math.min(databases, (int) number);
            case PERCENT -> (int) Math.ceil(databases * number / 100);
        };
    }

    @JsonValue
    @Override
    public String toString() {
        var whole = number == Math.rint(number) ? String.valueOf((long) number) : "" + number;
        return switch (kind) {
            case ALL -> "all";
            case COUNT -> whole;
            case PERCENT -> whole + "%";
            case PER_SITE -> whole + " per site";
        };
    }
}
