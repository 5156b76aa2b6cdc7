// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.catalog;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Attributes as a fingerprint's text has them; the same as full.sql says it to the server. */
final class PrintedAttributes {
    private static final String CAST = "'::character varying";
    private static final String TEXT = "'[^']*+(?:''[^']*+)*+" + CAST;
    private static final Pattern CAST_ONCE_MORE =
            Pattern.compile("(\\[|, )\\((" + TEXT + ")\\)::text(?=, |\\])");
    private static final Pattern CAST_AS_A_WHOLE =
            Pattern.compile("\\((ARRAY\\[(?:" + TEXT + "(?:, )?)++\\])\\)::text\\[\\]");

    private static final Set<ObjectKind> QUERIES =
            Set.of(ObjectKind.VIEW, ObjectKind.MATERIALIZED_VIEW, ObjectKind.RULE);
    private static final Pattern NAMED_AS_ITS_TYPE =
            Pattern.compile(
                    "('|NULL)::(\\w+) AS \\\\?\"?\\2\\\\?\"?(?=[,;)\n])",
                    Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern NAMED_AS_ITS_TYPE_IN_SHORT =
            Pattern.compile(
                    "((?:'|NULL)::(?:integer|bigint|boolean|character varying"
                            + "|timestamp with(?:out)? time zone|double precision)) AS"
                            + " \\\\?\"?(?:int4|int8|bool|varchar|timestamptz|timestamp|float8)"
                            + "\\\\?\"?(?=[,;)\n])");

    private static final Set<ObjectKind> BODIES = Set.of(ObjectKind.FUNCTION, ObjectKind.PROCEDURE);
    private static final String QUOTED = "\"\\{}, \t\n\r\u000b\f";

    private PrintedAttributes() {}

    /** An object's, as one text. */
    static String of(ObjectKind kind, List<@Nullable String> attributes) {
        var text = array(attributes);
        if (!BODIES.contains(kind) && text.contains(CAST)) {
            text = CAST_ONCE_MORE.matcher(text).replaceAll("$1$2");
            text = CAST_AS_A_WHOLE.matcher(text).replaceAll("$1");
        }
        if (QUERIES.contains(kind) && (text.contains("'::") || text.contains("NULL::"))) {
            text = NAMED_AS_ITS_TYPE.matcher(text).replaceAll("$1::$2");
            text = NAMED_AS_ITS_TYPE_IN_SHORT.matcher(text).replaceAll("$1");
        }
        return text;
    }

    /** The server's text form of an array; {@link ArrayText} reads it. */
    private static String array(List<@Nullable String> elements) {
        return elements.stream()
                .map(PrintedAttributes::element)
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String element(@Nullable String element) {
        if (element == null) {
            return "NULL";
        }
        var isBare =
                !element.isEmpty()
                        && !element.equalsIgnoreCase("NULL")
                        && element.chars().allMatch(c -> QUOTED.indexOf(c) < 0);
        return isBare ? element : '"' + element.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
