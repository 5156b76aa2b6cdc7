// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.session;

import dev.skein.engine.SkeinException;
import dev.skein.engine.execute.order.RunRefusal;
import dev.skein.engine.execute.order.Scope;
import dev.skein.engine.execute.order.ShellWord;
import dev.skein.engine.journal.BoundSchema;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.postgres.SqlLiterals;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Tenants' schemas and journals that are not each other's: a schema was renamed, or dropped and
 * another one made in its place. The journal knows its schema's number; where an older version left
 * none, people say which schema it is, and here only which ones it may be.
 */
public final class RenamedSchema {
    private static final Duration QUERY_TIMEOUT = Duration.ofMinutes(1);
    private static final int SHOWN = 3;

    private RenamedSchema() {}

    /** About an adoption where there is nothing to adopt. */
    static SkeinException withoutJournal(PgSession session, Scope scope) {
        var known = known(session, scope);
        if (known.isPresent()) {
            return known.get();
        }
        var isOne = !scope.isDatabase() && hasJournals(session);
        var lost = isOne ? lost(session) : List.<String>of();
        return new RunRefusal(
                session.subject(),
                scope.isDatabase()
                        ? "it has no journal that could belong to another place"
                        : "the schema '" + scope.schema() + "' has no journal",
                lost.isEmpty() ? "Migrate it, or stamp it: skein stamp" : was(lost, scope));
    }

    /** Why the schema of a journal's name is not the one that the journal is about. */
    public static Optional<SkeinException> stranger(PgSession session, Scope scope) {
        if (scope.isDatabase()) {
            return Optional.empty();
        }
        return stranger(session, BoundSchema.of(session, scope.schema()));
    }

    static Optional<SkeinException> stranger(PgSession session, BoundSchema journal) {
        return journal.isItsOwn() ? Optional.empty() : Optional.of(strange(session, journal));
    }

    private static RunRefusal strange(PgSession session, BoundSchema journal) {
        if (journal.isRenamed()) {
            return renamed(session, journal);
        }
        var word = ShellWord.of(journal.target());
        return new RunRefusal(
                session.subject(),
                "the schema '%s' that its journal is about was dropped, and %s"
                        .formatted(
                                journal.target(),
                                journal.there() == null
                                        ? "there is none of its name"
                                        : "the one of its name was made since"),
                "If that is another tenant's, put the old journal away: skein adopt --retire "
                        + word
                        + ". If it is the same, restored: skein adopt --restored --schema "
                        + word);
    }

    public static RunRefusal renamed(PgSession session, BoundSchema journal) {
        return new RunRefusal(
                session.subject(),
                "the schema that the journal of '%s' is about is called '%s' now"
                        .formatted(journal.target(), journal.named()),
                "Let the journal follow it: " + follow(journal.target(), "" + journal.named()));
    }

    public static String follow(String from, String to) {
        return "skein adopt --moved --from " + ShellWord.of(from) + " --schema " + ShellWord.of(to);
    }

    /**
     * Why a schema without a journal is not to be taken for a new one: it is known to be another
     * journal's, or it has tables and there is a journal without its schema. All revisions would be
     * run on it.
     */
    public static Optional<SkeinException> suspected(PgSession session, Scope scope) {
        var known = known(session, scope);
        if (known.isPresent() || scope.isDatabase() || !hasJournals(session)) {
            return known;
        }
        var lost = lost(session);
        if (lost.isEmpty() || !isFilled(session, scope.schema())) {
            return Optional.empty();
        }
        return Optional.of(
                new RunRefusal(
                        session.subject(),
                        "the schema '%s' has tables and no journal, and of %s there is a journal and no schema"
                                .formatted(scope.schema(), names(lost)),
                        was(lost, scope)
                                + ". If that was dropped: skein adopt --retire "
                                + ShellWord.of(lost.getFirst())
                                + ". If this is another one, say where it is: skein stamp"));
    }

    /** The journal that is known to be about a schema, as a reason to do nothing else. */
    static Optional<SkeinException> known(PgSession session, Scope scope) {
        if (scope.isDatabase() || !hasJournals(session)) {
            return Optional.empty();
        }
        return BoundSchema.journals(session).stream()
                .filter(journal -> scope.schema().equals(journal.named()))
                .<SkeinException>map(journal -> renamed(session, journal))
                .findFirst();
    }

    /**
     * Refuses for a reason, where there is one.
     *
     * @throws SkeinException that was given, if one was
     */
    public static void throwing(Optional<SkeinException> reason) {
        reason.ifPresent(refusal -> {
            throw refusal;
        });
    }

    /**
     * Refuses to take it for a new one.
     *
     * @param said whether somebody says where it is; what is known is not overruled by that
     */
    static void refuse(PgSession session, Scope scope, boolean said) {
        throwing(said ? known(session, scope) : suspected(session, scope));
    }

    /** Refuses to take it for a new one that all revisions are run on. */
    public static void refuse(PgSession session, Scope scope) {
        refuse(session, scope, false);
    }

    static String was(List<String> lost, Scope scope) {
        return "If it was renamed: "
                + lost.stream()
                        .limit(SHOWN)
                        .map(from -> follow(from, scope.schema()))
                        .collect(Collectors.joining(" or "));
    }

    private static String names(List<String> lost) {
        var shown = lost.stream().limit(SHOWN).map(name -> "'" + name + "'").toList();
        var more = lost.size() > SHOWN ? " and " + (lost.size() - SHOWN) + " others" : "";
        return String.join(", ", shown) + more;
    }

    /** Schemas that there are journals of, and that are not there under any name. */
    static List<String> lost(PgSession session) {
        return BoundSchema.journals(session).stream()
                .filter(journal -> journal.there() == null && journal.named() == null)
                .map(BoundSchema::target)
                .toList();
    }

    static boolean hasJournals(PgSession session) {
        return isTrue(session, "SELECT to_regclass('skein.state') IS NOT NULL");
    }

    /** Whether it has tables; an extension's are none of a tenant's. */
    static boolean isFilled(PgSession session, String schema) {
        return isTrue(
                session,
                """
                SELECT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                    WHERE n.nspname = %s AND c.relkind IN ('r', 'p', 'f')
                        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass
                            AND d.objid = c.oid AND d.deptype = 'e'))
                """
                        .formatted(SqlLiterals.text(schema)));
    }

    private static boolean isTrue(PgSession session, String sql) {
        return session.script(sql, QUERY_TIMEOUT).iterator().next().getBoolean(0);
    }
}
