// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.support;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What types hold, as far as their names tell. */
public final class TypeBounds {
    private static final Pattern SIZED = Pattern.compile("([a-z ]+)\\((\\d+)(?:,(\\d+))?\\)(.*)");
    private static final Map<String, Integer> DIGITS =
            Map.of("smallint", 5, "integer", 10, "bigint", 19);
    private static final List<List<String>> RANKS =
            List.of(
                    List.of("smallint", "integer", "bigint", "numeric"),
                    List.of("real", "double precision"),
                    List.of("date", "timestamp without time zone", "timestamp with time zone"),
                    List.of("character", "character varying", "text"));

    private TypeBounds() {}

    /** Whether some values of one type do not fit into another one. */
    public static boolean isNarrower(String before, String after) {
        return isNarrowerType(unlimited(before), unlimited(after));
    }

    /** Without a length it is text by another name. */
    private static String unlimited(String type) {
        return type.equals("character varying") ? "text" : type;
    }

    private static boolean isNarrowerType(String before, String after) {
        var was = SIZED.matcher(before);
        var is = SIZED.matcher(after);
        boolean sized = was.matches();
        boolean sizes = is.matches();
        var wasBare = bare(before);
        var isBare = bare(after);
        if (wasBare.equals(isBare)) {
            return sizes && (!sized || whole(was) > whole(is) || parts(was) > parts(is));
        }
        for (var rank : RANKS) {
            int from = rank.indexOf(wasBare);
            int to = rank.indexOf(isBare);
            if (from >= 0 && to >= 0) {
                return to < from ? !(sizes && sized && fits(was, is)) : cuts(before, is);
            }
        }
        return false;
    }

    /** Whether some value of one type may have no counterpart in another one. */
    public static boolean mayFail(String before, String after) {
        var times = isTime(before) && isTime(after);
        var toText = after.equals("text") || after.equals("character varying");
        var wider =
                RANKS.stream()
                        .anyMatch(
                                rank -> rank.contains(bare(before)) && rank.contains(bare(after)));
        return !times && !toText && !(wider && !isNarrower(before, after));
    }

    /** Times of day and zones are lost between them, and no value fails. */
    private static boolean isTime(String type) {
        return type.equals("date") || type.matches("timestamp(\\(\\d\\))? with(out)? time zone");
    }

    private static String bare(String type) {
        var sized = SIZED.matcher(type);
        return sized.matches() ? sized.group(1) + sized.group(4) : type;
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
        return before.equals("text") || (was.matches() && !fits(was, is));
    }

    private static int whole(Matcher type) {
        return Integer.parseInt(type.group(2)) - parts(type);
    }

    private static int parts(Matcher type) {
        return type.group(3) == null ? 0 : Integer.parseInt(type.group(3));
    }
}
