// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.loose;

import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.script.Piece.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Recognises statements by their words. */
public final class LooseForms {
    /** An identifier, quoted or not. */
    static final String NAME = "(?:\"(?:[^\"]|\"\")+\"|[\\p{L}_][\\p{L}\\p{N}_$]*)";

    /** An identifier that a schema may stand before. */
    static final String QUALIFIED = NAME + "(?:\\s*\\.\\s*" + NAME + ")?";

    private static final List<Function<Statement, Optional<LooseForm>>> FORMS =
            List.of(CreateIndex::of, DropIndex::of, Reindex::of, DetachPartition::of, AddValue::of);

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

    private LooseForms() {}

    static Pattern pattern(String text) {
        return Pattern.compile(text.replace(" ", "\\s+"), Pattern.CASE_INSENSITIVE);
    }

    /** What is known about a statement. */
    public static LooseForm recognise(Statement statement) {
        for (var form : FORMS) {
            var known = form.apply(statement);
            if (known.isPresent()) {
                return known.get();
            }
        }
        if (REPEATABLE.stream().anyMatch(statement::starts)) {
            return new Repeatable();
        }
        var opaque =
                OPAQUE.stream().anyMatch(statement::starts)
                        || (statement.words().contains("CONCURRENTLY")
                                && !statement.starts("REFRESH"));
        return opaque ? new Opaque() : new Atomic();
    }

    /** Running it again does no harm. */
    record Repeatable() implements LooseForm {
        @Override
        public Finding observe(PgSession session, Map<String, String> before) {
            return Finding.OPEN;
        }
    }

    /** Nothing is known: after a cut, a person decides. */
    record Opaque() implements LooseForm {
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
    record Atomic() implements LooseForm {
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
