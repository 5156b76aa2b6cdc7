// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.generate;

import dev.skein.engine.script.SqlWords;
import java.util.List;

/** ALTER … OWNER TO: owners are no part of a schema, and theirs need not exist here. */
final class OwnerStatement {
    private OwnerStatement() {}

    /** Whether a statement gives an object to somebody, and does nothing else. */
    static boolean isAll(String sql) {
        var words = SqlWords.of(sql);
        int at = words.size() - 3;
        return SqlWords.are(words, 0, "ALTER")
                && at > 2
                && SqlWords.are(words, at, "OWNER", "TO")
                && !isRenamed(words, at)
                && !hasParts(words);
    }

    /** Whether what stands at a place is a thing's own name; a table may be called rename. */
    private static boolean isRenamed(List<String> words, int at) {
        return (at > 3 && SqlWords.are(words, at - 1, "RENAME"))
                || (at > 4 && SqlWords.are(words, at - 2, "RENAME"));
    }

    /** Whether a comma parts several changes, and not the arguments of a routine. */
    private static boolean hasParts(List<String> words) {
        int depth = 0;
        for (var word : words) {
            depth += word.equals("(") ? 1 : word.equals(")") ? -1 : 0;
            if (depth == 0 && word.equals(",")) {
                return true;
            }
        }
        return false;
    }
}
