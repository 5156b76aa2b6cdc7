// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.step;

import dev.skein.engine.execute.session.SessionSettings;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.postgres.SqlLiterals;
import dev.skein.engine.script.ScriptPiece.Statement;
import dev.skein.engine.script.SqlWords;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An application's own settings, such as {@code app.tenant}, that statements set by name. The
 * server lists none of them, so they are asked after by these names, before and behind.
 */
public final class CustomSettings {
    private static final Duration QUERY_TIMEOUT = Duration.ofMinutes(1);
    private static final Pattern SETTING = Pattern.compile("(?i)set");
    private static final Pattern NAME =
            Pattern.compile("[a-z_][\\w$]*(?:\\.[a-z_][\\w$]*)+", Pattern.CASE_INSENSITIVE);
    private static final Pattern SET =
            Pattern.compile(
                    "(?:\\bset_config\\s*\\(\\s*e?[\\\\'\"]+|\\bSET\\s+(?:SESSION\\s+)?[\\\\\"]*)("
                            + NAME
                            + ")",
                    Pattern.CASE_INSENSITIVE);

    private final Set<String> names = new TreeSet<>();
    private final List<Future<RowSet<Row>>> answers = new ArrayList<>();
    private final List<Future<RowSet<Row>>> resets = new ArrayList<>();

    public CustomSettings(Collection<Statement> statements) {
        if (LeftSettings.mayBe(statements)) {
            for (var statement : statements) {
                if (SETTING.matcher(statement.sql()).find()) {
                    SqlWords.withStrings(statement.sql()).forEach(this::add);
                    SqlWords.unread(statement.sql()).forEach(this::search);
                }
            }
        }
    }

    /** What is asked after. */
    public Set<String> names() {
        return Set.copyOf(names);
    }

    /**
     * The names in a text that cannot be read, which another language's quotes may stand before.
     */
    private void search(String text) {
        SET.matcher(text).results().forEach(found -> names.add(found.group(1)));
    }

    /** The names in a text, which may be a body, or a string that is run. */
    private void add(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            if (SqlWords.are(words, i, "SET")) {
                add(named(words, SqlWords.are(words, i + 1, "SESSION") ? i + 2 : i + 1));
            } else if (SqlWords.plain(words, i).equals("set_config") && isString(words, i + 2)) {
                add(SqlWords.text(words.get(i + 2)));
            }
        }
    }

    private void add(String name) {
        if (NAME.matcher(name).matches()) {
            names.add(name);
        }
    }

    private static String named(List<String> words, int from) {
        var name = new StringBuilder(SqlWords.setting(words, from));
        for (int at = from; SqlWords.are(words, at + 1, "."); at += 2) {
            name.append('.').append(SqlWords.setting(words, at + 2));
        }
        return name.toString();
    }

    private static boolean isString(List<String> words, int at) {
        return at < words.size() && words.get(at).matches("(?s)[$].+|.*'");
    }

    /** Else what an earlier revision left would be taken for what was there before. */
    void reset(PgSession session) {
        if (!names.isEmpty()) {
            resets.add(session.send(String.join("; ", SessionSettings.anew(session.major()))));
        }
    }

    /** Sends the question; once before the statements, and once behind them. */
    void ask(PgSession session) {
        if (!names.isEmpty()) {
            var named = names.stream().map(SqlLiterals::text).collect(Collectors.joining(", "));
            var sql =
                    "SELECT name, current_setting(name, true) FROM unnest(ARRAY["
                            + named
                            + "]) AS name";
            answers.add(session.send(sql));
        }
    }

    /** Those that are not as they were. */
    List<String> left(PgSession session) {
        var left = new ArrayList<String>();
        if (!names.isEmpty()) {
            var before = session.await(answers.getFirst(), QUERY_TIMEOUT).iterator();
            for (var now : session.await(answers.getLast(), QUERY_TIMEOUT)) {
                if (!value(before.next()).equals(value(now))) {
                    left.add(now.getString(0));
                }
            }
        }
        return left;
    }

    /** What was set within a transaction only is empty behind it, and not unset. */
    private static String value(Row row) {
        return Objects.toString(row.getString(1), "");
    }

    /** The answers are not needed: they may repeat an error that is known. */
    void abandon() {
        answers.forEach(answer -> answer.onFailure(ignored -> {}));
        resets.forEach(reset -> reset.onFailure(ignored -> {}));
    }
}
