// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.audit.testing.OnAuditDatabase;
import dev.skein.audit.testing.SmallParts;
import dev.skein.service.database.Db;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who looks for something of a time, or from one end of the log, does not look at all of it. */
class EntrySpansTest extends OnAuditDatabase {
    /** An entry a minute from 2020 on, but for one of long ago; four parts, the last one begun. */
    private static final String FILL =
            """
            SELECT make_entry_part(65536) FROM generate_series(1, 4);
            INSERT INTO facet SELECT i, 'applied', 'u' || i % 500, 'r' || i / 1000, 'b108', 'ann',
                CASE WHEN i = 5 THEN timestamptz '2001-01-01 00:00Z'
                    WHEN i <> 7 THEN timestamptz '2020-01-01 00:00Z' + i * interval '1 minute' END
            FROM generate_series(0, 196707) i;
            INSERT INTO entry(index, source, seq, envelope, hash, leaf, prev)
                SELECT i, 's', i + 1, '', '', '', '' FROM generate_series(0, 196707) i;
            UPDATE log_state SET size = 196708;
            """;

    private static final String LOCKED =
            """
            SELECT c.relname FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
            WHERE l.pid = pg_backend_pid() AND c.relname ~ '^(facet|entry|body)_[0-9]+$'
            """;

    private final LogSearch search = new LogSearch();

    @BeforeEach
    void fill() {
        SmallParts.cut(database, 65_536);
        database.run(FILL);
    }

    private static LogSearch.Wanted wanted(
            @Nullable String uid, @Nullable String since, @Nullable String until) {
        return new LogSearch.Wanted(
                uid,
                null,
                null,
                null,
                null,
                WrittenTime.parse(since),
                WrittenTime.parse(until),
                null);
    }

    private List<Long> found(LogSearch.Wanted wanted, Set<String> parts) {
        return db.call(tx -> {
            var found = search.newest(tx, wanted, Long.MAX_VALUE, 10);
            parts.addAll(locked(tx));
            return found.stream().map(LogSearch.Entry::index).toList();
        });
    }

    private static Set<String> locked(Db.Tx tx) {
        return new TreeSet<>(tx.list(LOCKED, row -> row.getString(0)));
    }

    private void note() {
        boolean noted = true;
        while (noted) {
            noted = db.call(EntrySpans::note);
        }
    }

    @Test
    void aStretchIsNotedWhenTheLogHasAllOfIt() {
        note();
        assertThat(
                        database.value(
                                "SELECT string_agg(number || ' ' || earliest::date || ' ' ||"
                                        + " latest::date, ', ' ORDER BY number) FROM entry_span"))
                .isEqualTo(
                        "0 2001-01-01 2020-02-15, 1 2020-02-15 2020-04-01, 2 2020-04-01"
                                + " 2020-05-16");
    }

    @Test
    void aTimeIsFoundWhetherItIsNotedOrNot() {
        var february = wanted("u7", "2020-02-01", "2020-02-02");
        var before = found(february, new TreeSet<>());
        note();
        var parts = new TreeSet<String>();
        assertThat(found(february, parts))
                .isEqualTo(before)
                .containsExactly(46_007L, 45_507L, 45_007L);
        assertThat(parts)
                .as("and what is not noted")
                .containsExactly("body_0", "entry_0", "facet_0", "facet_196608");
        assertThat(found(wanted(null, null, "2020-01-01"), new TreeSet<>()))
                .as("of long ago")
                .containsExactly(5L);
        assertThat(found(wanted("u707", "2020-05-16", null), new TreeSet<>())).isEmpty();
        assertThat(found(wanted("u207", "2020-05-16T14:00:00Z", null), new TreeSet<>()))
                .containsExactly(196_707L);
    }

    @Test
    void theNewestPartsAreAskedFirst() {
        var parts = new TreeSet<String>();
        assertThat(found(wanted("u3", null, null), parts)).hasSize(10).startsWith(196_503L);
        assertThat(parts)
                .containsExactly("body_131072", "entry_131072", "facet_131072", "facet_196608");
    }

    @Test
    void anExportReadsThePartsThatItComesTo() {
        db.run(tx -> {
            assertThat(search.find(tx, wanted(null, null, null), 70_000, 196_708, 500))
                    .hasSize(500);
            assertThat(locked(tx)).containsExactly("body_65536", "entry_65536");
        });
    }

    @Test
    void whatWasTakenOutEndsNoExport() {
        database.run(
                "ALTER TABLE entry DISABLE TRIGGER ALL; DELETE FROM entry WHERE index BETWEEN 10000"
                        + " AND 99999");
        var next = db.call(tx -> search.find(tx, wanted(null, null, null), 10_000, 196_708, 500));
        assertThat(next).hasSize(500);
        assertThat(next.getFirst().index()).isGreaterThanOrEqualTo(100_000);
    }
}
