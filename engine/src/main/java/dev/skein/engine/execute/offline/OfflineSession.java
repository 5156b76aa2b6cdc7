// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.offline;

import dev.skein.engine.execute.session.SessionSettings;
import dev.skein.engine.execute.step.LeftSettings;
import dev.skein.engine.plan.Direction;
import dev.skein.engine.plan.Plan;
import dev.skein.engine.plan.Step;
import dev.skein.engine.postgres.SqlLiterals;
import dev.skein.engine.script.MismatchedStatements;
import dev.skein.engine.script.ScriptPiece.Statement;
import dev.skein.engine.script.Scripts;
import dev.skein.engine.script.SqlWords;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Keeps a script's revisions apart in the one session that runs them all: settings, temporary
 * objects, cursors, prepared statements and locks of one do not reach the next, as in a run.
 */
public final class OfflineSession {
    private static final String SETTINGS = "SET client_encoding = 'UTF8';\n";

    /** What leaves something in the session without running a function. */
    private static final List<String> LEAVING =
            List.of(
                    "DECLARE",
                    "LISTEN",
                    "LOAD",
                    "PREPARE",
                    "CREATE TEMP",
                    "CREATE TEMPORARY",
                    "CREATE LOCAL",
                    "CREATE GLOBAL",
                    "CREATE OR REPLACE TEMP",
                    "CREATE OR REPLACE TEMPORARY");

    /** What may call a function, which locks or sets something. */
    private static final Set<String> CALLING =
            Set.of("AS", "CHECK", "DEFAULT", "GENERATED", "USING");

    private static final String FUNCTION =
            """
            -- What a revision leaves in the session does not reach the next one, as in a run.
            CREATE OR REPLACE FUNCTION pg_temp.skein_next(locks boolean) RETURNS void
            LANGUAGE plpgsql AS $skein$
            DECLARE drops text;
            BEGIN
                EXECUTE 'CLOSE ALL; UNLISTEN *; DEALLOCATE ALL; RESET SESSION AUTHORIZATION';
                EXECUTE 'RESET ALL';
                --settings--;
                IF locks THEN PERFORM pg_advisory_unlock_all(); END IF;
                SELECT string_agg('DROP ' || CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'S' THEN
                    'SEQUENCE' ELSE 'TABLE' END || ' IF EXISTS ' || oid::regclass || ' CASCADE', ';')
                INTO drops FROM pg_class
                WHERE relnamespace = pg_my_temp_schema() AND relkind IN ('r', 'p', 'v', 'S');
                IF drops IS NOT NULL THEN EXECUTE drops; END IF;
            END $skein$
            ;
            """;

    /** The steps that something has to be put away behind, and whether locks are. */
    private final Map<Step, Boolean> parted = new HashMap<>();

    OfflineSession(Plan plan, Scripts scripts) {
        var locks = true;
        for (var step : plan.steps()) {
            var script = scripts.get(step.revision());
            var allowed = script.allowed();
            locks &=
                    !allowed.containsKey(MismatchedStatements.RULE)
                            && !allowed.containsKey(MismatchedStatements.NAME);
            var up = step.direction() == Direction.UP;
            var statements = (up ? script.upgrade() : script.downgrade()).statements();
            var last = step.equals(plan.steps().getLast());
            if (!last && (LeftSettings.mayBe(statements) || leaves(statements))) {
                parted.put(step, locks);
            }
        }
    }

    /** Whether something may stay in the session behind these. */
    public static boolean leaves(List<Statement> statements) {
        return statements.stream()
                .anyMatch(s ->
                        LEAVING.stream().anyMatch(s::starts)
                                || calls(s)
                                || s.starts("ALTER TABLE") // a domain's check, for example
                                || s.starts("ALTER DOMAIN"));
    }

    /** One parenthesis may be that of a list. */
    private static boolean calls(Statement s) {
        var words = SqlWords.of(s.sql());
        return words.stream().filter("("::equals).count() > 1
                || words.stream().map(w -> w.toUpperCase(Locale.ROOT)).anyMatch(CALLING::contains);
    }

    /** What a script begins with: the settings, and the function where it is called. */
    String begin() {
        var sql = SETTINGS + SessionSettings.asScript() + "\n"; // as this text is, and its hashes
        return parted.isEmpty() ? sql : sql + FUNCTION.replace("--settings--", again()) + "\n";
    }

    private static String again() {
        return SessionSettings.forScript().entrySet().stream()
                .map(e ->
                        "set_config('%s', %s, false)"
                                .formatted(e.getKey(), SqlLiterals.text(e.getValue())))
                .collect(
                        Collectors.joining(
                                ", ",
                                "PERFORM set_config('client_encoding', 'UTF8', false), ",
                                ""));
    }

    /** What follows a step; empty where it leaves nothing, or nothing comes behind it. */
    String after(Step step) {
        var locks = parted.get(step);
        return locks == null
                ? ""
                : "DO $skein$ BEGIN PERFORM pg_temp.skein_next(%s); END $skein$\n;\n"
                        .formatted(locks);
    }
}
