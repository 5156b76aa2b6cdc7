// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert.script;

import dev.skein.agent.cli.convert.source.ForeignSource;
import dev.skein.agent.cli.convert.source.TransactionMode;
import dev.skein.engine.script.ScriptPiece.Statement;
import dev.skein.engine.script.SqlWords;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/**
 * What of a script takes effect once its own transactions are gone: what it takes back itself, it
 * must not commit here. A tool that wraps a script makes its BEGIN a warning and its ROLLBACK one
 * of everything since the last COMMIT; psql makes each statement outside BEGIN a transaction.
 *
 * <p>Source: PostgreSQL documentation, BEGIN, COMMIT, ROLLBACK, SAVEPOINT.
 */
final class ScriptTransactions {
    private static final Pattern BACK_TO =
            Pattern.compile("(?:ROLLBACK|ABORT) (?:(?:WORK|TRANSACTION) )?TO\\b");
    private static final Pattern CHAIN = Pattern.compile("\\bAND CHAIN\\b");

    private static final List<String> TWO_PHASES =
            List.of("PREPARE TRANSACTION", "COMMIT PREPARED", "ROLLBACK PREPARED");

    /** A savepoint, and how much stood before it. */
    private record Point(String name, int size) {}

    /**
     * The statements that take effect.
     *
     * @param kept their places among all, in order
     * @param transaction for each kept one, by its place, the number of COMMITs before it
     */
    record Effect(List<Integer> kept, Map<Integer, Integer> transaction) {
        Effect {
            kept = List.copyOf(kept);
            transaction = Map.copyOf(transaction);
        }

        int transactionOf(int statement) {
            return transaction.getOrDefault(statement, 0);
        }

        /** The same but for some statements. */
        Effect without(IntPredicate which) {
            return new Effect(kept.stream().filter(i -> !which.test(i)).toList(), transaction);
        }

        /** Whether COMMIT stands between statements that take effect. */
        boolean isParted() {
            return kept.stream().map(this::transactionOf).distinct().count() > 1;
        }
    }

    private final ForeignSource source;
    private final boolean wrapped;
    private final boolean psql;
    private final List<Integer> kept = new ArrayList<>();
    private final Map<Integer, Integer> transaction = new HashMap<>();
    private final List<Point> points = new ArrayList<>();
    private boolean open;
    private int start;
    private int opened;
    private int commits;

    private ScriptTransactions(ForeignSource source, boolean wrapped, boolean psql) {
        this.source = source;
        this.wrapped = wrapped;
        this.psql = psql;
        this.open = wrapped;
    }

    /**
     * Follows a script.
     *
     * @throws dev.skein.engine.script.ScriptError with the line, for what has no one meaning
     */
    static Effect of(ForeignSource source, List<Statement> statements, TransactionMode ran) {
        return switch (ran) {
            case WRAPPED -> new ScriptTransactions(source, true, false).follow(statements);
            case BY_PSQL -> new ScriptTransactions(source, false, true).follow(statements);
            case ALONE -> new ScriptTransactions(source, false, false).follow(statements);
            case UNKNOWN -> {
                var alone = new ScriptTransactions(source, false, false).follow(statements);
                var inOne = new ScriptTransactions(source, true, false).follow(statements);
                if (!alone.kept().equals(inOne.kept())) {
                    var line = firstRollback(statements);
                    throw source.error(
                            line,
                            "what stands before its BEGIN is taken back or not by this ROLLBACK,"
                                    + " depending on who ran the script",
                            "Leave out of the file what is to be taken back");
                }
                yield alone;
            }
        };
    }

    /** Whether a statement is about transactions alone, and so never stays in a revision. */
    static boolean isOne(Statement s) {
        return s.starts("BEGIN")
                || s.starts("START TRANSACTION")
                || s.starts("COMMIT")
                || s.starts("END")
                || s.starts("ROLLBACK")
                || s.starts("ABORT")
                || s.starts("SAVEPOINT")
                || s.starts("RELEASE")
                || s.starts("PREPARE TRANSACTION");
    }

    private static int firstRollback(List<Statement> statements) {
        return statements.stream()
                .filter(s -> s.starts("ROLLBACK") || s.starts("ABORT"))
                .mapToInt(Statement::line)
                .findFirst()
                .orElse(0);
    }

    private Effect follow(List<Statement> statements) {
        for (int i = 0; i < statements.size(); i++) {
            var s = statements.get(i);
            if (isOne(s)) {
                control(s);
            } else if (!psql || open || !s.starts("SET LOCAL")) { // no effect outside
                kept.add(i);
                transaction.put(i, commits);
            }
        }
        if (!wrapped && open && kept.size() > start) {
            throw source.error(
                    opened,
                    "this BEGIN is never followed by COMMIT, so psql takes back what follows it",
                    "Write COMMIT at the end, or leave the rest out");
        }
        return new Effect(kept, transaction);
    }

    private void control(Statement s) {
        if (TWO_PHASES.stream().anyMatch(s::starts)) {
            throw source.error(
                    s.line(), "a transaction in two phases has no place here", "Remove it");
        } else if (s.starts("BEGIN") || s.starts("START")) {
            begin(s);
        } else if (s.starts("COMMIT") || s.starts("END")) {
            ended(s, true);
        } else if (s.starts("SAVEPOINT")) {
            points.add(new Point(name(s), kept.size()));
        } else if (s.starts("RELEASE")) {
            points.subList(point(s), points.size()).clear();
        } else if (BACK_TO.matcher(s.words()).lookingAt()) {
            int at = point(s);
            cut(points.get(at).size());
            points.subList(at + 1, points.size()).clear();
        } else {
            ended(s, false);
        }
    }

    private void begin(Statement s) {
        if (!open) {
            open = true;
            start = kept.size();
            opened = s.line();
            points.clear();
        }
    }

    private void ended(Statement s, boolean committed) {
        if (!committed && open) {
            cut(start);
        }
        commits++;
        start = kept.size();
        opened = s.line();
        points.clear();
        open = wrapped || (open && CHAIN.matcher(s.words()).find());
    }

    private void cut(int size) {
        kept.subList(size, kept.size()).clear();
    }

    private int point(Statement s) {
        for (int i = points.size() - 1; i >= 0; i--) {
            if (points.get(i).name().equals(name(s))) {
                return i;
            }
        }
        throw source.error(
                s.line(), "there is no savepoint " + name(s) + " at this place", "Remove it");
    }

    /** A savepoint's name is the last word, as the server takes it. */
    private static String name(Statement s) {
        var words = SqlWords.of(s.sql());
        return SqlWords.plain(words, words.size() - 1);
    }
}
