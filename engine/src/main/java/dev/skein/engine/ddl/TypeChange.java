// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What a change of a column's type does to its values. */
final class TypeChange {
    private static final List<String> NUMBERS =
            List.of("smallint", "integer", "bigint", "numeric", "real", "double precision");
    private static final Set<String> WHOLE = Set.of("smallint", "integer", "bigint");
    private static final Set<String> TIMES =
            Set.of("date", "timestamp without time zone", "timestamp with time zone");
    private static final Set<String> TEXTS = Set.of("text", "character varying", "character");
    private static final Pattern DIGITS = Pattern.compile("\\((\\d+)(?:,(-?\\d+))?\\)");

    private final String from;
    private final String to;

    TypeChange(String from, String to) {
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

    /** Whether values are rounded or cut without an error. */
    boolean loses() {
        var a = base(from);
        var b = base(to);
        if (NUMBERS.contains(a) && NUMBERS.contains(b)) {
            return losesDigits(a, b);
        }
        if (TIMES.contains(a) && TIMES.contains(b)) {
            return (b.equals("date") && !a.equals("date")) || coarser();
        }
        return a.equals(b) && !TEXTS.contains(a) && coarser();
    }

    private boolean losesDigits(String a, String b) {
        if (WHOLE.contains(a)) {
            return b.equals("real") || (b.equals("double precision") && a.equals("bigint"));
        }
        if (a.equals("numeric") && b.equals("numeric")) {
            return to.contains("(") && (!from.contains("(") || digits(to, 2) < digits(from, 2));
        }
        return !(a.equals("real") && b.equals("double precision"));
    }

    /** Whether there are digits in brackets that were more before, or not limited. */
    private boolean coarser() {
        return to.contains("(") && (!from.contains("(") || digits(to, 1) < digits(from, 1));
    }

    private static int digits(String type, int group) {
        var matcher = DIGITS.matcher(type);
        return matcher.find() && matcher.group(group) != null
                ? Integer.parseInt(matcher.group(group))
                : 0;
    }

    private static String base(String type) {
        return DIGITS.matcher(type).replaceAll("").replaceAll("\\s+", " ").strip();
    }
}
