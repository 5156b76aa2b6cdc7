// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.script;

import dev.skein.engine.script.ScriptPiece.Misfit;
import dev.skein.engine.script.ScriptPiece.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Statements that would do something else than what is written: they are read, since a file that
 * was applied once must stay readable, and refused before they run. A file may allow them, as what
 * it did is known where it was applied.
 */
public final class MismatchedStatements {
    /** The id under which a file allows them; and the name. */
    public static final String RULE = "SK901";

    public static final String NAME = "does-otherwise";

    private static final Pattern ON =
            Pattern.compile(
                    "(=|\\bTO\\b)\\s*'?(on|true|yes|1|default)\\b", Pattern.CASE_INSENSITIVE);

    private static final Pattern UTF_8 =
            Pattern.compile(
                    "(=|\\bTO\\b|\\bNAMES\\b)\\s*'?(utf-?8|unicode|default)\\b",
                    Pattern.CASE_INSENSITIVE);

    /** With the session's settings go its lock and what tells that a transaction is still ours. */
    private static final List<String> GIVING_AWAY = List.of("DISCARD ALL", "RESET ALL");

    private MismatchedStatements() {}

    /** The first in what an upgrade runs; allowed or not. */
    public static Optional<Misfit> up(Script script) {
        return first(
                script, script.precheck(), script.upgrade(), script.verify(), script.verifyAfter());
    }

    /** The first in what a downgrade runs; allowed or not. */
    public static Optional<Misfit> down(Script script) {
        return first(script, script.downgrade());
    }

    /**
     * Refuses a file that somebody is about to give away.
     *
     * @throws ScriptError with the line of the first that the file does not allow
     */
    public static void refuse(Script script) {
        refuse(script, up(script).or(() -> down(script)));
    }

    /**
     * Refuses what is about to run.
     *
     * @param up whether it is the upgrade
     * @throws ScriptError with the line of the first that the file does not allow
     */
    public static void refuse(Script script, boolean up) {
        refuse(script, up ? up(script) : down(script));
    }

    private static void refuse(Script script, Optional<Misfit> misfit) {
        if (misfit.isPresent() && !(isAllowed(script) && misfit.get().isHarmless())) {
            throw new ScriptError(
                    script.file(),
                    misfit.get().line(),
                    misfit.get().found(),
                    misfit.get().isHarmless()
                            ? misfit.get().remedy()
                                    + "; in a file that was applied, say --@ allow: "
                                    + RULE
                                    + " \"<why>\""
                            : misfit.get().remedy());
        }
    }

    private static boolean isAllowed(Script script) {
        return script.allowed().containsKey(RULE) || script.allowed().containsKey(NAME);
    }

    /** The first; one that does harm goes before those that may be allowed. */
    private static Optional<Misfit> first(Script script, Section... sections) {
        return Stream.of(sections)
                .flatMap(section -> section.statements().stream())
                .flatMap(statement -> Stream.ofNullable(of(script, statement)))
                .min(Comparator.comparing(Misfit::isHarmless));
    }

    private static @Nullable Misfit of(Script script, Statement s) {
        var harm = harm(s);
        if (harm != null) {
            return harm;
        }
        var called = SessionCalls.in(script, s);
        if (called != null) {
            return called;
        }
        if (s.misfit() != null) {
            return s.misfit();
        }
        if (sets(s, "standard_conforming_strings") && !ON.matcher(said(s)).find()) {
            return new Misfit(
                    s.line(),
                    "standard_conforming_strings is switched off, and strings are read with it on",
                    "Remove it, and write strings with backslashes as E'…'");
        }
        return script.transactional() ? null : alone(s);
    }

    private static @Nullable Misfit harm(Statement s) {
        if (GIVING_AWAY.stream().anyMatch(s::starts)) {
            return Misfit.harmful(
                    s.line(),
                    firstTwo(s.words()) + " would take Skein's lock or its settings away",
                    "Remove it: the session is Skein's, and each setting has a RESET of its own");
        }
        if (isOtherEncoding(s)) {
            return Misfit.harmful(
                    s.line(),
                    "client_encoding is changed, and what is sent is UTF-8",
                    "Remove it, and keep the file in UTF-8");
        }
        return null;
    }

    private static boolean isOtherEncoding(Statement s) {
        return (s.starts("SET LOCAL NAMES") || sets(s, "client_encoding"))
                && !UTF_8.matcher(said(s)).find();
    }

    private static boolean sets(Statement s, String setting) {
        return s.starts("SET LOCAL") && SqlWords.setting(SqlWords.of(s.sql()), 2).equals(setting);
    }

    /** A statement without its comments. */
    private static String said(Statement s) {
        return String.join(" ", SqlWords.of(s.sql()));
    }

    /** What holds until a transaction ends holds for nothing where each statement has its own. */
    private static @Nullable Misfit alone(Statement s) {
        var words = SqlWords.of(s.sql());
        int at = SqlWords.plain(words, 1).equals("pg_catalog") ? 3 : 1;
        boolean config = s.starts("SELECT") && SqlWords.plain(words, at).equals("set_config");
        if (!config && StatementRules.LOCAL_SET.stream().noneMatch(s::starts)) {
            return null;
        }
        return new Misfit(
                s.line(),
                (config ? "set_config" : firstTwo(s.words()))
                        + " holds for no other statement in a revision with 'transaction: none'",
                "Remove it: name the schema in the statement, or ALTER ROLE … IN DATABASE … SET");
    }

    private static String firstTwo(String words) {
        var each = words.split(" ", 3);
        return each[0] + " " + each[1];
    }
}
