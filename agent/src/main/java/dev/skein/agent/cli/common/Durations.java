// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.common;

import java.time.Duration;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations as people write them: a number with a unit, or alone in the option's own unit. */
public final class Durations {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|m|min|h|d)?");

    private static final Duration LONGEST = Duration.ofDays(366);

    private Durations() {}

    /** A number alone means milliseconds. */
    public static final class Millis implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            return parse(text, "ms");
        }
    }

    /** A number alone means seconds. */
    public static final class Seconds implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            return parse(text, "s");
        }
    }

    /** A number alone means days. */
    public static final class Days implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            return parse(text, "d");
        }
    }

    public static Duration parse(String text, String unit) {
        var m = FORM.matcher(text);
        if (!m.matches()) {
            throw new TypeConversionException(
                    "'" + text + "' is no duration; write for example 500ms, 60s, 5m or 2h");
        }
        long n = Long.parseLong(m.group(1));
        var duration = of(n, m.group(2) == null ? unit : m.group(2));
        if (duration.compareTo(LONGEST) > 0) {
            throw new TypeConversionException("'" + text + "' is more than a year");
        }
        return duration;
    }

    private static Duration of(long n, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(n);
            case "s" -> Duration.ofSeconds(n);
            case "h" -> Duration.ofHours(n);
            case "d" -> Duration.ofDays(n);
            default -> Duration.ofMinutes(n);
        };
    }
}
