// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.postgres.Sql;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Tenants' schemas that have another name than their journals know. Nothing in a schema tells which
 * journal is its own, so that it is said by people, and here only which ones it may be.
 */
public final class RenamedSchema {
    private static final Duration BOUND = Duration.ofMinutes(1);
    private static final int SHOWN = 3;

    private RenamedSchema() {}

    /**
     * Why a schema without a journal is not to be taken for a new one: it has tables, and there is
     * a journal without its schema. All revisions would be run on it.
     */
    public static Optional<SkeinException> suspected(PgSession session, Scope scope) {
        if (scope.isDatabase() || !hasJournals(session) || !isFilled(session, scope.schema())) {
            return Optional.empty();
        }
        var lost = lost(session);
        if (lost.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Refusal(
                        session.subject(),
                        "the schema '%s' has tables and no journal, and of %s there is a journal and no schema"
                                .formatted(scope.schema(), names(lost)),
                        was(lost) + ". If it is another one, say where it is: skein stamp"));
    }

    /** Refuses to take it for a new one. */
    public static void refuse(PgSession session, Scope scope) {
        suspected(session, scope)
                .ifPresent(refusal -> {
                    throw refusal;
                });
    }

    /** About an adoption where there is nothing to adopt. */
    static Refusal withoutJournal(PgSession session, Scope scope) {
        var isOne = !scope.isDatabase() && hasJournals(session);
        var lost = isOne ? lost(session) : List.<String>of();
        return new Refusal(
                session.subject(),
                scope.isDatabase()
                        ? "it has no journal that could belong to another place"
                        : "the schema '" + scope.schema() + "' has no journal",
                lost.isEmpty() ? "Migrate it, or stamp it: skein stamp" : was(lost));
    }

    private static String was(List<String> lost) {
        return "If it was renamed: skein adopt --moved --from "
                + lost.stream()
                        .limit(SHOWN)
                        .map(RenamedSchema::word)
                        .collect(Collectors.joining(" or --from "));
    }

    /** As a shell takes it. */
    private static String word(String name) {
        return name.matches("[\\w.-]+") ? name : "'" + name.replace("'", "'\\''") + "'";
    }

    private static String names(List<String> lost) {
        var shown = lost.stream().limit(SHOWN).map(name -> "'" + name + "'").toList();
        var more = lost.size() > SHOWN ? " and " + (lost.size() - SHOWN) + " others" : "";
        return String.join(", ", shown) + more;
    }

    /** Schemas that there are journals of, and that are not there. */
    private static List<String> lost(PgSession session) {
        var lost = new ArrayList<String>();
        session.query(
                        """
                        SELECT s.target::text FROM skein.state s WHERE s.target <> ''
                            AND NOT EXISTS (SELECT FROM pg_namespace n WHERE n.nspname = s.target)
                        ORDER BY s.target
                        """)
                .forEach(row -> lost.add(row.getString(0)));
        return lost;
    }

    private static boolean hasJournals(PgSession session) {
        return isTrue(session, "SELECT to_regclass('skein.state') IS NOT NULL");
    }

    private static boolean isFilled(PgSession session, String schema) {
        return isTrue(
                session,
                """
                SELECT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                    WHERE n.nspname = %s)
                """
                        .formatted(Sql.text(schema)));
    }

    /** Refuses what is no renaming: each of both names must be the one schema's. */
    static void refuseUnfit(PgSession session, String from, String to) {
        if (exists(session, from)) {
            throw new Refusal(
                    session.subject(),
                    "the schema '" + from + "' is there: it has no other name",
                    "Look which one was renamed: skein adopt --moved without --from names those"
                            + " that it can be");
        }
        if (!exists(session, to)) {
            throw new Refusal(session.subject(), "it has no schema '" + to + "'", "");
        }
        if (isTrue(
                session,
                "SELECT EXISTS (SELECT FROM skein.state WHERE target = %s)"
                        .formatted(Sql.text(to)))) {
            throw new Refusal(
                    session.subject(),
                    "the schema '" + to + "' has a journal of its own",
                    "If nothing of that counts, take it away: DELETE FROM skein.state WHERE target"
                            + " = %1$s; DELETE FROM skein.entry WHERE target = %1$s; DELETE FROM skein.relay WHERE target = %1$s"
                                    .formatted(Sql.text(to)));
        }
    }

    private static boolean exists(PgSession session, String schema) {
        return isTrue(
                session,
                "SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = %s)"
                        .formatted(Sql.text(schema)));
    }

    private static boolean isTrue(PgSession session, String sql) {
        return session.script(sql, BOUND).iterator().next().getBoolean(0);
    }
}
