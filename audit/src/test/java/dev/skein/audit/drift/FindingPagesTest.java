// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.audit.drift.FindingViews.Finding;
import dev.skein.audit.testing.OnAuditDatabase;
import dev.skein.engine.SkeinException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FindingPagesTest extends OnAuditDatabase {
    /** 1,200 databases of one cohort, 30 of another one, all of them once before in a third one. */
    private static final String FILL =
            """
            INSERT INTO fleet(uid, site, server, name, seq)
                SELECT 'u' || i, CASE i % 2 WHEN 0 THEN 'eu' ELSE 'us' END, 'main', 'shop_' || i, 1 FROM generate_series(1, 1230) i;
            INSERT INTO finding(uid, expected, observed, cohort, state, first_seen, last_seen)
                SELECT 'u' || i, 'a', 'c', 'cccc', 'gone', timestamptz '2026-01-01 00:00Z', timestamptz '2026-01-02 00:00Z'
                FROM generate_series(1, 1230) i;
            INSERT INTO finding(uid, expected, observed, cohort, first_seen, last_seen)
                SELECT 'u' || i, 'a', 'b', CASE WHEN i > 1200 THEN 'abcd' ELSE 'abba' END,
                    timestamptz '2026-11-01 00:00Z' + i * interval '1 s', timestamptz '2026-11-02 00:00Z'
                FROM generate_series(1, 1230) i;
            ANALYZE
            """;

    private final FindingPages pages = new FindingPages(new DriftCohorts());

    @BeforeEach
    void fill() {
        database.run(FILL);
    }

    private static FindingFilter filter(@Nullable String cohort) {
        return new FindingFilter(true, cohort, null, null);
    }

    private List<Finding> all(FindingFilter filter, int size) {
        var all = new ArrayList<Finding>();
        for (var after = ""; after != null; ) {
            var from = after;
            var page = db.call(tx -> pages.findings(tx, filter, size, from));
            assertThat(page.rows()).hasSizeLessThanOrEqualTo(500);
            all.addAll(page.rows());
            after = page.next();
        }
        return all;
    }

    @Test
    void eachFindingIsOnOnePage() {
        assertThat(all(filter(null), 100_000))
                .hasSize(1230)
                .extracting(Finding::uid)
                .doesNotHaveDuplicates();
        assertThat(all(filter("abcd"), 7)).hasSize(30);
        assertThat(all(filter("ab"), 500)).hasSize(1230);
        assertThat(all(filter("b"), 500)).isEmpty();
        assertThat(all(new FindingFilter(false, null, null, null), 500)).hasSize(2460);
        assertThat(all(new FindingFilter(true, null, "eu", null), 500)).hasSize(615);
        assertThat(all(new FindingFilter(false, null, "us", "shop_3"), 500))
                .extracting(Finding::cohort)
                .containsExactly("abba", "cccc");
    }

    @Test
    void aCohortSaysHowManyThereAreAndNamesSome() {
        var page = db.call(tx -> pages.cohorts(tx, filter(null), 50, ""));
        assertThat(page.next()).isNull();
        assertThat(page.rows())
                .extracting(one ->
                        one.cohort()
                                + " "
                                + one.number()
                                + " "
                                + one.states()
                                + " "
                                + one.databases().size()
                                + " "
                                + one.firstSeen())
                .containsExactly(
                        "abba 1200 [open] 20 2026-11-01T00:00:01Z",
                        "abcd 30 [open] 20 2026-11-01T00:20:01Z");
        var first =
                db.call(tx -> pages.cohorts(tx, new FindingFilter(false, null, "eu", null), 2, ""));
        var next = String.valueOf(first.next());
        var rest =
                db.call(tx ->
                        pages.cohorts(tx, new FindingFilter(false, null, "eu", null), 2, next));
        assertThat(rest.rows())
                .extracting(FindingPages.CohortSummary::cohort)
                .containsExactly("cccc");
        assertThat(rest.rows().getFirst().number()).isEqualTo(615);
        assertThat(rest.next()).isNull();
    }

    @Test
    void aPlaceOfAnotherListIsNone() {
        var findings = db.call(tx -> pages.findings(tx, filter(null), 10, ""));
        var place = String.valueOf(findings.next());
        assertThatThrownBy(() -> db.call(tx -> pages.cohorts(tx, filter(null), 10, place)))
                .isInstanceOf(SkeinException.class)
                .hasMessageContaining("it is no place in the list of cohorts");
        assertThatThrownBy(() -> db.call(tx -> pages.findings(tx, filter(null), 10, "x")))
                .hasMessageContaining("it is no place in the list of findings");
        var last = all(filter(null), 1229);
        assertThat(last).hasSize(1230);
    }

    @Test
    void whatIsBehindTheLastPageIsNothing() {
        var findings = db.call(tx -> pages.findings(tx, filter(null), 10, ""));
        var place = String.valueOf(findings.next());
        database.run("UPDATE finding SET state = 'gone'");
        var page = db.call(tx -> pages.findings(tx, filter(null), 10, place));
        assertThat(page.rows()).isEmpty();
        assertThat(page.next()).isNull();
    }

    @Test
    void aPageReadsWhatItShows() {
        database.run(
                "INSERT INTO finding(uid, expected, observed, cohort, state, first_seen, last_seen)"
                    + " SELECT 'u1', 'a', 'c', 'bbbb', 'gone', now(), now() FROM generate_series(1,"
                    + " 20000); ANALYZE");
        var plan =
                db.call(tx ->
                        tx.list(
                                "EXPLAIN SELECT n.id FROM finding n JOIN fleet f USING (uid) WHERE "
                                        + filter(null)
                                                .where()
                                                .replace("$1", "true")
                                                .replaceAll("\\$[234]", "NULL")
                                        + " AND (n.cohort COLLATE \"C\", n.id) > ('abba', 5)"
                                        + " ORDER BY n.cohort COLLATE \"C\", n.id LIMIT 11",
                                row -> row.getString(0)));
        assertThat(String.join("\n", plan))
                .contains("Index Scan using finding_open_page")
                .doesNotContain("Sort");
    }
}
