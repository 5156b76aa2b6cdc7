// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.log;

import dev.skein.service.database.Db;
import io.vertx.core.buffer.Buffer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Entries that wait for something before them. They may be many, so they are read when their turn
 * has come; until then the first of each source stands for all.
 */
final class ParkedEntries {
    private static final int SOME = 500;

    private ParkedEntries() {}

    /** The first of each source; behind one that is live, nothing waits. */
    static List<ReceivedEntry> heads(
            Db.Tx tx, Collection<HistoryState> sources, Function<byte[], ReceivedEntry> reader) {
        var broken =
                sources.stream().filter(ParkedEntries::isBroken).map(HistoryState::id).toList();
        if (broken.isEmpty()) {
            return List.of();
        }
        return tx.list(
                """
                SELECT record FROM unnest($1::text[]) AS s(id), LATERAL (
                    SELECT record FROM parked WHERE source = s.id ORDER BY seq LIMIT 1) AS first\
                """,
                row -> reader.apply(row.getBuffer(0).getBytes()),
                (Object) broken.toArray(String[]::new));
    }

    private static boolean isBroken(HistoryState source) {
        return source.state() != HistoryState.State.LIVE;
    }

    /** Nothing waits any more in a history. */
    static void deleteAll(Db.Tx tx, String source) {
        tx.query("DELETE FROM parked WHERE source = $1", source);
    }

    /** Those with the numbers of entries that have come. */
    static List<ReceivedEntry> again(
            Db.Tx tx,
            Map<String, HistoryState> sources,
            List<ReceivedEntry> received,
            Function<byte[], ReceivedEntry> reader) {
        var come =
                received.stream()
                        .filter(e ->
                                isBroken(
                                        sources.getOrDefault(
                                                e.source(), HistoryState.fresh(e.source()))))
                        .toList();
        if (come.isEmpty()) {
            return List.of();
        }
        return tx.list(
                """
                SELECT record FROM parked JOIN (SELECT DISTINCT * FROM
                    unnest($1::text[], $2::bigint[]) AS c(source, seq)) AS come USING (source, seq)\
                """,
                row -> reader.apply(row.getBuffer(0).getBytes()),
                come.stream().map(ReceivedEntry::source).toArray(String[]::new),
                come.stream().map(ReceivedEntry::seq).toArray(Long[]::new));
    }

    /** Some behind a number, in their order. */
    static List<ReceivedEntry> behind(
            Db.Tx tx, String source, long seq, Function<byte[], ReceivedEntry> reader) {
        return tx.list(
                "SELECT record FROM parked WHERE source = $1 AND seq > $2 ORDER BY seq LIMIT "
                        + SOME,
                row -> reader.apply(row.getBuffer(0).getBytes()),
                source,
                seq);
    }

    static void insert(Db.Tx tx, List<ReceivedEntry> entries) {
        if (!entries.isEmpty()) {
            tx.query(
                    """
                    INSERT INTO parked(source, seq, record)
                    SELECT * FROM unnest($1::text[], $2::bigint[], $3::bytea[])
                    ON CONFLICT DO NOTHING\
                    """,
                    sources(entries),
                    numbers(entries),
                    entries.stream().map(e -> Buffer.buffer(e.record())).toArray(Buffer[]::new));
        }
    }

    static void delete(Db.Tx tx, List<ReceivedEntry> entries) {
        if (!entries.isEmpty()) {
            tx.query(
                    """
                    DELETE FROM parked USING unnest($1::text[], $2::bigint[]) AS gone(source, seq)
                    WHERE parked.source = gone.source AND parked.seq = gone.seq\
                    """,
                    sources(entries),
                    numbers(entries));
        }
    }

    private static String[] sources(List<ReceivedEntry> entries) {
        return entries.stream().map(ReceivedEntry::source).toArray(String[]::new);
    }

    private static Long[] numbers(List<ReceivedEntry> entries) {
        return entries.stream().map(ReceivedEntry::seq).toArray(Long[]::new);
    }
}
