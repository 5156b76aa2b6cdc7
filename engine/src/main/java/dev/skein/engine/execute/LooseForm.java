// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.script.Piece.Statement;
import java.time.Duration;
import java.util.regex.Pattern;

/** What is known about a kind of statement that refuses a transaction. */
sealed interface LooseForm {
    /** Whether the catalog shows that it is done. */
    boolean isDone(PgSession session);

    /** Whether it may run again after a run that was cut off; cleans up what that run left. */
    boolean canRunAgain(PgSession session);

    /** Removes what a failed run left. */
    void cleanUp(PgSession session);

    /** Recognises a statement by its words. */
    static LooseForm recognise(Statement statement) {
        var create = CreateIndex.FORM.matcher(statement.sql());
        if (create.lookingAt()) {
            return new CreateIndex(qualified(create.group("table"), create.group("index")));
        }
        var drop = DropIndex.FORM.matcher(statement.sql());
        if (drop.lookingAt()) {
            return new DropIndex(drop.group("index"));
        }
        if (statement.starts("VACUUM") || statement.starts("ANALYZE")) {
            return new Repeatable();
        }
        return new Unknown();
    }

    private static String qualified(String table, String index) {
        var m =
                Pattern.compile("(" + CreateIndex.NAME + ")\\s*\\.\\s*" + CreateIndex.NAME)
                        .matcher(table);
        return m.matches() ? m.group(1) + "." + index : index;
    }

    /** CREATE INDEX CONCURRENTLY: a failed build leaves an invalid index behind. */
    record CreateIndex(String index) implements LooseForm {
        private static final Duration BOUND = Duration.ofHours(24);
        static final String NAME = "(?:\"(?:[^\"]|\"\")+\"|[\\p{L}_][\\p{L}\\p{N}_$]*)";
        static final Pattern FORM =
                Pattern.compile(
                        "CREATE\\s+(?:UNIQUE\\s+)?INDEX\\s+CONCURRENTLY\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?"
                            + "(?<index>(?!ON\\b)"
                                + NAME
                                + ")\\s+ON\\s+(?:ONLY\\s+)?"
                                + "(?<table>"
                                + NAME
                                + "(?:\\s*\\.\\s*"
                                + NAME
                                + ")?)",
                        Pattern.CASE_INSENSITIVE);
        private static final String VALID =
                "SELECT x.indisvalid FROM pg_index x WHERE x.indexrelid = to_regclass($1)";

        @Override
        public boolean isDone(PgSession session) {
            var rows = session.query(VALID, index);
            return rows.size() > 0 && rows.iterator().next().getBoolean(0);
        }

        @Override
        public boolean canRunAgain(PgSession session) {
            cleanUp(session);
            return true;
        }

        @Override
        public void cleanUp(PgSession session) {
            var rows = session.query(VALID, index);
            if (rows.size() > 0 && !rows.iterator().next().getBoolean(0)) {
                session.script("DROP INDEX CONCURRENTLY IF EXISTS " + index, BOUND);
            }
        }
    }

    /** DROP INDEX CONCURRENTLY: done when the index is gone. */
    record DropIndex(String index) implements LooseForm {
        static final Pattern FORM =
                Pattern.compile(
                        "DROP\\s+INDEX\\s+CONCURRENTLY\\s+(?:IF\\s+EXISTS\\s+)?(?<index>"
                                + CreateIndex.NAME
                                + "(?:\\s*\\.\\s*"
                                + CreateIndex.NAME
                                + ")?)\\s*$",
                        Pattern.CASE_INSENSITIVE);

        @Override
        public boolean isDone(PgSession session) {
            return session.query("SELECT to_regclass($1) IS NULL", index)
                    .iterator()
                    .next()
                    .getBoolean(0);
        }

        @Override
        public boolean canRunAgain(PgSession session) {
            return true;
        }

        @Override
        public void cleanUp(PgSession session) {}
    }

    /** VACUUM, ANALYZE: running again does no harm. */
    record Repeatable() implements LooseForm {
        @Override
        public boolean isDone(PgSession session) {
            return false;
        }

        @Override
        public boolean canRunAgain(PgSession session) {
            return true;
        }

        @Override
        public void cleanUp(PgSession session) {}
    }

    /** Anything else: after a cut, a person decides. */
    record Unknown() implements LooseForm {
        @Override
        public boolean isDone(PgSession session) {
            return false;
        }

        @Override
        public boolean canRunAgain(PgSession session) {
            return false;
        }

        @Override
        public void cleanUp(PgSession session) {}
    }
}
