// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.script;

import dev.skein.engine.script.ScriptPiece.Misfit;
import dev.skein.engine.script.ScriptPiece.Statement;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Functions whose effect on the session outlives the statement, however their name is written. */
final class SessionCalls {
    private static final List<String> RUNNING =
            List.of(
                    "SELECT",
                    "WITH",
                    "VALUES",
                    "DO",
                    "CALL",
                    "INSERT",
                    "UPDATE",
                    "DELETE",
                    "MERGE",
                    "EXPLAIN",
                    "CREATE TABLE");
    private static final Pattern HINT = Pattern.compile("(?i)advisory_|set_config");
    private static final Pattern UTF_8 = Pattern.compile("(?i)[eEnN]?'(utf-?8|unicode)'");
    private static final Pattern ENCODING = Pattern.compile("(?i)[eEnN]?'client_encoding'");
    private static final Pattern LOCK = Pattern.compile("pg_(?:try_)?advisory_lock(?:_shared)?");
    private static final Pattern UNLOCK = Pattern.compile("pg_advisory_unlock(?:_shared|_all)?");

    /** The same as another language's text may have it. */
    private static final Pattern UNLOCKING = Pattern.compile("(?i)" + UNLOCK + "\\s*\\(");

    private SessionCalls() {}

    static @Nullable Misfit in(Script script, Statement s) {
        if (RUNNING.stream().noneMatch(s::starts) || !HINT.matcher(s.sql()).find()) {
            return null;
        }
        var texts = SqlWords.withStrings(s.sql());
        for (var words : s.starts("DO") ? texts : texts.subList(0, 1)) {
            for (int i = 0; i < words.size(); i++) {
                var misfit = SqlWords.are(words, i + 1, "(") ? of(script, s, words, i) : null;
                if (misfit != null) {
                    return misfit;
                }
            }
        }
        return null;
    }

    private static @Nullable Misfit of(Script script, Statement s, List<String> words, int at) {
        var name = SqlWords.plain(words, at);
        if (name.equals("pg_advisory_unlock_all") && !s.starts("DO")) { // seen where it runs
            return Misfit.harmful(
                    s.line(),
                    name + " would take Skein's lock away",
                    "Remove it: the session is Skein's, and each lock has an unlock of its own");
        }
        if (name.equals("set_config") && setsOtherEncoding(words, at)) {
            return Misfit.harmful(
                    s.line(),
                    "client_encoding is changed, and what is sent is UTF-8",
                    "Remove it, and keep the file in UTF-8");
        }
        return LOCK.matcher(name).matches() && !unlocks(script)
                ? new Misfit(
                        s.line(),
                        name + " holds on behind the revision, until Skein's session ends",
                        "pg_advisory_xact_lock, or pg_advisory_unlock in the same revision")
                : null;
    }

    private static boolean setsOtherEncoding(List<String> words, int at) {
        return at + 4 < words.size()
                && ENCODING.matcher(words.get(at + 2)).matches()
                && !UTF_8.matcher(words.get(at + 4)).matches();
    }

    private static boolean unlocks(Script script) {
        return script.sections().stream()
                .flatMap(section -> section.getValue().statements().stream())
                .map(Statement::sql)
                .anyMatch(sql ->
                        SqlWords.withStrings(sql).stream().anyMatch(SessionCalls::unlocks)
                                || SqlWords.unread(sql).stream()
                                        .anyMatch(text -> UNLOCKING.matcher(text).find()));
    }

    private static boolean unlocks(List<String> words) {
        return IntStream.range(0, words.size())
                .filter(at -> SqlWords.are(words, at + 1, "("))
                .anyMatch(at -> UNLOCK.matcher(SqlWords.plain(words, at)).matches());
    }
}
