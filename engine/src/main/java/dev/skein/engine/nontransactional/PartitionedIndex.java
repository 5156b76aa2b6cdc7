// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.nontransactional;

import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.script.TokenCursor;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * CREATE INDEX CONCURRENTLY on a partitioned table, which the server refuses: each partition's part
 * is built concurrently, then the table's index, which takes the parts in and has nothing left to
 * build. Which partitions there are, each database says for itself.
 *
 * <p>Nothing is noted of how far it got: a part that stands is a valid index of a partition's own,
 * whoever built it, and is not built again. An invalid one is dropped, since the table's would take
 * it in and be invalid, too.
 *
 * @param one the same on a table without partitions
 */
record PartitionedIndex(CreateIndex one, String table) implements NonTransactionalForm {
    private static final String INVALID = "invalid";
    private static final Duration QUERY_TIMEOUT = Duration.ofMinutes(2);

    @Override
    public Map<String, String> before(PgSession session) {
        var before = new HashMap<>(one.before(session));
        before.put(
                INVALID,
                PartitionIndexes.invalid(session, table).stream()
                        .map(index -> String.valueOf(index.oid()))
                        .collect(Collectors.joining(",")));
        return before;
    }

    @Override
    public Finding observe(PgSession session, Map<String, String> before) {
        var whole = IndexLookup.named(session, one.index());
        if (whole.isPresent()) {
            return one.observe(session, before) == Finding.DONE ? Finding.DONE : there(whole.get());
        }
        var left = left(session, before);
        if (left.stream().anyMatch(IndexLookup.Index::running)) {
            return Finding.RUNNING;
        }
        return left.isEmpty() ? Finding.OPEN : Finding.BROKEN;
    }

    /** An index of its name that was there before, or that lacks a part. */
    private static Finding there(IndexLookup.Index whole) {
        return whole.valid() ? Finding.OPEN : Finding.UNKNOWN;
    }

    private List<IndexLookup.Index> left(PgSession session, Map<String, String> before) {
        var known = Arrays.asList(before.getOrDefault(INVALID, "").split(","));
        return PartitionIndexes.invalid(session, table).stream()
                .filter(index -> !known.contains(String.valueOf(index.oid())))
                .toList();
    }

    @Override
    public void cleanUp(PgSession session, Map<String, String> before) {
        left(session, before).forEach(index -> IndexLookup.drop(session, index));
    }

    @Override
    public void run(PgSession session, String sql, Duration bound) {
        if (one.ifNotExists() && IndexLookup.named(session, one.index()).isPresent()) {
            return;
        }
        var whole = TokenCursor.replacing(sql, "CONCURRENTLY", "");
        var part = part(session, TokenCursor.replacing(whole, "ON", "ON ONLY"), bound);
        PartitionIndexes.invalid(session, table, part).stream()
                .filter(index -> !index.running())
                .forEach(index -> IndexLookup.drop(session, index));
        buildEach(session, part, bound);
        briefly(session, "COMMIT", () -> session.script(whole, bound));
    }

    private void buildEach(PgSession session, PartitionIndexes.Definition part, Duration bound) {
        var built = new HashSet<String>();
        while (true) {
            var lacking = PartitionIndexes.lacking(session, table, part); // some come meanwhile
            lacking.removeAll(built);
            if (lacking.isEmpty()) {
                return;
            }
            lacking.forEach(partition -> build(session, part, partition, bound));
            built.addAll(lacking);
        }
    }

    /** Makes the table's index alone for a moment: the server says what it is, or what is wrong. */
    private PartitionIndexes.Definition part(PgSession session, String alone, Duration bound) {
        return briefly(
                session,
                "ROLLBACK",
                () -> {
                    session.script(alone, bound);
                    return PartitionIndexes.definition(session, one.index());
                });
    }

    private static void build(
            PgSession session, PartitionIndexes.Definition part, String partition, Duration bound) {
        var space = part.tablespace();
        if (space == null) {
            session.script(part.on(partition), bound);
            return;
        }
        session.script("SET default_tablespace = " + space, QUERY_TIMEOUT);
        try {
            session.script(part.on(partition), bound);
        } finally {
            session.script("RESET default_tablespace", QUERY_TIMEOUT);
        }
    }

    /** In a transaction that waits for locks as long as any other one does. */
    private static <T> T briefly(PgSession session, String end, Supplier<T> work) {
        session.script("BEGIN; SET LOCAL lock_timeout TO DEFAULT", QUERY_TIMEOUT);
        boolean done = false;
        try {
            var result = work.get();
            done = true;
            return result;
        } finally {
            session.script(done ? end : "ROLLBACK", QUERY_TIMEOUT);
        }
    }
}
