// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What types hold, as far as their names tell. */
final class Types {
    private static final Pattern SIZED = Pattern.compile("([a-z ]+)\\((\\d+)(?:,(\\d+))?\\)(.*)");
    private static final Map<String, Integer> DIGITS =
            Map.of("smallint", 5, "integer", 10, "bigint", 19);
    private static final List<List<String>> RANKS =
            List.of(
                    List.of("smallint", "integer", "bigint", "numeric"),
                    List.of("real", "double precision"),
                    List.of("date", "timestamp without time zone", "timestamp with time zone"),
                    List.of("character", "character varying", "text"));

    private Types() {}

    /** Whether some values of one type do not fit into another one. */
    static boolean isNarrower(String before, String after) {
        var was = SIZED.matcher(before);
        var is = SIZED.matcher(after);
        var wasBare = was.matches() ? was.group(1) + was.group(4) : before;
        var isBare = is.matches() ? is.group(1) + is.group(4) : after;
        if (wasBare.equals(isBare)) {
            return is.matches()
                    && (!was.matches() || whole(was) > whole(is) || parts(was) > parts(is));
        }
        for (var rank : RANKS) {
            int from = rank.indexOf(wasBare);
            int to = rank.indexOf(isBare);
            if (from >= 0 && to >= 0) {
                return to < from
                        ? !(is.matches() && was.matches() && fits(was, is))
                        : cuts(before, is);
            }
        }
        return false;
    }

    /** Sized types of two kinds, of which the second one takes what the first one holds. */
    private static boolean fits(Matcher was, Matcher is) {
        return parts(is) >= parts(was) && whole(is) >= whole(was);
    }

    /** Whether a size, in a type that is wider otherwise, is too small. */
    private static boolean cuts(String before, Matcher is) {
        if (!is.matches()) {
            return false;
        }
        var digits = DIGITS.get(before);
        if (digits != null) {
            return whole(is) < digits;
        }
        var was = SIZED.matcher(before);
        return before.startsWith("text")
                || before.equals("character varying")
                || (was.matches() && !fits(was, is));
    }

    private static int whole(Matcher type) {
        return Integer.parseInt(type.group(2)) - parts(type);
    }

    private static int parts(Matcher type) {
        return type.group(3) == null ? 0 : Integer.parseInt(type.group(3));
    }
}
