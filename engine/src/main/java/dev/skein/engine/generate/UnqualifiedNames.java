// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.generate;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Statements for tenants that are schemas of one database: names without the schema that the
 * desired one stands in, so that they mean the tenant's. Texts stay as they are, but for names of
 * relations that are written as texts.
 */
public final class UnqualifiedNames {
    // A doubled quote is the end of one text and the beginning of the next one here.
    private static final Pattern TOKEN =
            Pattern.compile(
                    "(?<name>'public\\.[^']*'::regclass)"
                            + "|(?<text>'[^']*'|\\$(\\w*)\\$.*?\\$\\3\\$|--[^\\n]*|\"[^\"]*\")"
                            + "|(?<schema>(?<![\\w.$])public\\.)",
                    Pattern.DOTALL);

    private UnqualifiedNames() {}

    /** The same statements without the schema {@code public}. */
    public static String of(String sql) {
        return TOKEN.matcher(sql)
                .replaceAll(token -> {
                    if (token.group("schema") != null) {
                        return "";
                    }
                    var name = token.group("name");
                    return Matcher.quoteReplacement(
                            name == null ? token.group() : name.replaceFirst("'public\\.", "'"));
                });
    }
}
