// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.nontransactional;

import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.script.ScriptPiece.Statement;
import dev.skein.engine.script.TokenCursor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Recognises statements by their words. */
public final class NonTransactionalForms {
    private static final List<Function<TokenCursor, Optional<NonTransactionalForm>>> FORMS =
            List.of(CreateIndex::of, DropIndex::of, ReindexForm::of, DetachForm::of, AddValue::of);

    private static final List<String> REPEATABLE = List.of("VACUUM", "ANALYZE", "CLUSTER");

    /** Refuse a transaction, or may end it themselves. */
    private static final List<String> OPAQUE =
            List.of(
                    "CALL",
                    "DO",
                    "ALTER SYSTEM",
                    "CREATE DATABASE",
                    "ALTER DATABASE",
                    "DROP DATABASE",
                    "CREATE TABLESPACE",
                    "DROP TABLESPACE",
                    "CREATE SUBSCRIPTION",
                    "ALTER SUBSCRIPTION",
                    "DROP SUBSCRIPTION",
                    "REINDEX",
                    "DISCARD");

    private NonTransactionalForms() {}

    /** What is known about a statement. */
    public static NonTransactionalForm recognise(Statement statement) {
        var known = recognise(statement.sql());
        if (known.isPresent()) {
            return known.get();
        }
        if (REPEATABLE.stream().anyMatch(statement::starts)) {
            return new Repeatable();
        }
        var opaque =
                OPAQUE.stream().anyMatch(statement::starts)
                        || (TokenCursor.of(statement.sql()).has("CONCURRENTLY")
                                && !statement.starts("REFRESH"));
        return opaque ? new Opaque() : new Atomic();
    }

    private static Optional<NonTransactionalForm> recognise(String sql) {
        return FORMS.stream().flatMap(form -> form.apply(TokenCursor.of(sql)).stream()).findFirst();
    }

    /** Runs a statement as tenants get it, where nothing that is there is anybody's. */
    public static void run(PgSession session, String sql, Duration bound) {
        recognise(sql).orElseGet(Repeatable::new).on(session).run(session, sql, bound);
    }

    /** Running it again does no harm. */
    record Repeatable() implements NonTransactionalForm {
        @Override
        public Finding observe(PgSession session, Map<String, String> before) {
            return Finding.OPEN;
        }
    }

    /** Nothing is known: after a cut, a person decides. */
    record Opaque() implements NonTransactionalForm {
        @Override
        public Finding observe(PgSession session, Map<String, String> before) {
            return Finding.UNKNOWN;
        }

        @Override
        public boolean isObservable() {
            return false;
        }
    }

    /** An ordinary statement among others that refuse a transaction: it has one of its own. */
    record Atomic() implements NonTransactionalForm {
        @Override
        public Finding observe(PgSession session, Map<String, String> before) {
            return Finding.OPEN;
        }

        @Override
        public boolean isAtomic() {
            return true;
        }
    }
}
