// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl.text;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What a change of a column's type does to its values. */
public final class TypeChange {
    private static final List<String> NUMBERS =
            List.of("smallint", "integer", "bigint", "numeric", "real", "double precision");
    private static final Set<String> WHOLE = Set.of("smallint", "integer", "bigint");
    private static final Set<String> TIMES =
            Set.of("date", "timestamp without time zone", "timestamp with time zone");
    private static final Set<String> TEXTS = Set.of("text", "character varying", "character");
    private static final int MICROSECONDS = 6;

    /**
     * What holds every value of another type, or refuses it. A moment does not hold a local time:
     * which one it means depends on the session's time zone, and where clocks are put on, two fall
     * together.
     */
    private static final Map<String, Set<String>> KEPT =
            Map.ofEntries(
                    entry("smallint", Set.of("integer", "bigint", "real", "double precision")),
                    entry("integer", Set.of("smallint", "bigint", "double precision")),
                    entry("bigint", Set.of("smallint", "integer")),
                    entry("real", Set.of("double precision")),
                    entry("boolean", Set.of("integer")),
                    entry("date", Set.of("timestamp without time zone")),
                    entry("time without time zone", Set.of("interval")),
                    entry("text", Set.of("json", "uuid")),
                    entry("character varying", Set.of("json", "uuid", "character varying")),
                    entry("jsonb", Set.of("json")),
                    entry("bit", Set.of("bit varying")),
                    entry("cidr", Set.of("inet")),
                    entry("macaddr", Set.of("macaddr8")),
                    entry("interval year to month", Set.of("interval")),
                    entry("interval day to second", Set.of("interval")));

    private static final Pattern DIGITS = Pattern.compile("\\((\\d+)(?:,(-?\\d+))?\\)");

    private final String from;
    private final String to;

    public TypeChange(String from, String to) {
        this.from = from;
        this.to = to;
    }

    /**
     * Whether the server needs to be told how: it has no cast that it would take by itself. Told or
     * not, what does not fit is an error; but an explicit cast to a shorter text cuts it off.
     */
    boolean needsUsing() {
        var a = base(from);
        var b = base(to);
        return !(a.equals(b)
                || TEXTS.contains(b)
                || (NUMBERS.contains(a) && NUMBERS.contains(b))
                || (TIMES.contains(a) && TIMES.contains(b)));
    }

    /**
     * Whether values may be rounded, cut or understood otherwise without an error. Only what is
     * known to keep every value, or to fail, does not: whatever else becomes something else is held
     * to lose, as casts of types that nobody here knows.
     */
    public boolean loses() {
        if (from.equals(to) || isPlainText(to)) {
            return false;
        }
        if (from.endsWith("[]") && to.endsWith("[]")) {
            var told = needsUsing() && to.contains("("); // an explicit cast cuts what is too long
            return told || new TypeChange(element(from), element(to)).loses();
        }
        var a = base(from);
        var b = base(to);
        if (a.equals(b)) {
            return a.equals("numeric") ? losesDigits() : coarser();
        }
        if (b.equals("numeric") && WHOLE.contains(a)) {
            return digits(to, 2, 0) < 0;
        }
        return !KEPT.getOrDefault(a, Set.of()).contains(b) || coarser();
    }

    private static boolean isPlainText(String type) {
        return type.equals("text") || type.equals("character varying");
    }

    private static String element(String array) {
        return array.substring(0, array.length() - "[]".length());
    }

    private boolean losesDigits() {
        return to.contains("(") && (!from.contains("(") || digits(to, 2, 0) < digits(from, 2, 0));
    }

    /** Whether there are digits in brackets that were more before, or not limited. */
    private boolean coarser() {
        if (!to.contains("(")) {
            return false;
        }
        var time = to.startsWith("time") || to.startsWith("interval");
        int most = time ? MICROSECONDS : Integer.MAX_VALUE;
        int had = base(from).equals("date") ? 0 : most;
        return digits(to, 1, most) < digits(from, 1, had);
    }

    private static int digits(String type, int group, int otherwise) {
        var matcher = DIGITS.matcher(type);
        return matcher.find() && matcher.group(group) != null
                ? Integer.parseInt(matcher.group(group))
                : otherwise;
    }

    private static String base(String type) {
        return DIGITS.matcher(type).replaceAll("").replaceAll("\\s+", " ").strip();
    }
}
