// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.drift;

import dev.skein.audit.drift.FindingViews.Finding;
import dev.skein.service.database.Db;
import dev.skein.service.page.ListPage;
import dev.skein.service.page.PageCursor;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Findings page by page, and the cohorts that they are of: a page costs what it shows. */
@ApplicationScoped
public class FindingPages {
    /** So many databases are named with a cohort. */
    private static final int NAMED = 20;

    private static final String COHORTS = "cohorts";
    private static final String FINDINGS = "findings";

    private final DriftCohorts cohorts;

    public FindingPages(DriftCohorts cohorts) {
        this.cohorts = cohorts;
    }

    /**
     * Databases that differ alike.
     *
     * @param number how many they are
     * @param states what has become of them
     * @param databases some of them
     */
    public record CohortSummary(
            String cohort,
            long number,
            List<String> states,
            Instant firstSeen,
            Instant lastSeen,
            List<Finding> databases,
            DriftCohorts.Differences differences) {}

    /** What is counted of a cohort. */
    private record Counted(
            String cohort, long number, List<String> states, Instant firstSeen, Instant lastSeen) {
        static Counted of(Row row) {
            return new Counted(
                    row.getString(0),
                    row.getLong(1),
                    List.of(row.getArrayOfStrings(2)),
                    row.getOffsetDateTime(3).toInstant(),
                    row.getOffsetDateTime(4).toInstant());
        }
    }

    /**
     * Findings, by their cohorts.
     *
     * @param after where the page before ended; empty for the first
     */
    public ListPage<Finding> findings(Db.Tx tx, FindingFilter filter, int limit, String after) {
        int size = ListPage.size(limit);
        var keys = after.isEmpty() ? null : PageCursor.parse(after, FINDINGS, 2);
        var found =
                tx.list(
                        """
                        %s %s AND (n.cohort COLLATE "C", n.id) > ($5, $6)
                        ORDER BY n.cohort COLLATE "C", n.id
                        LIMIT %d
                        """
                                .formatted(FindingViews.SELECT, filter.where(), size + 1),
                        FindingViews::finding,
                        filter.open(),
                        filter.cohort(),
                        filter.site(),
                        filter.name(),
                        keys == null ? "" : keys.keys().getFirst(),
                        keys == null ? 0L : keys.number(1));
        return ListPage.of(found, size, FindingPages::place);
    }

    private static PageCursor place(Finding finding) {
        return new PageCursor(FINDINGS, List.of(finding.cohort(), String.valueOf(finding.id())));
    }

    /**
     * Cohorts, by their names.
     *
     * @param after where the page before ended; empty for the first
     */
    public ListPage<CohortSummary> cohorts(
            Db.Tx tx, FindingFilter filter, int limit, String after) {
        int size = ListPage.size(limit);
        var begin = after.isEmpty() ? "" : PageCursor.parse(after, COHORTS, 1).keys().getFirst();
        var page =
                ListPage.of(
                        counted(tx, filter, size + 1, begin),
                        size,
                        one -> new PageCursor(COHORTS, List.of(one.cohort())));
        var named = named(tx, filter, page.rows());
        return new ListPage<>(
                page.rows().stream()
                        .filter(one -> named.containsKey(one.cohort())) // else they ended meanwhile
                        .map(one -> summary(tx, one, named.getOrDefault(one.cohort(), List.of())))
                        .toList(),
                page.next());
    }

    private CohortSummary summary(Db.Tx tx, Counted counted, List<Finding> some) {
        var first = some.getFirst();
        return new CohortSummary(
                counted.cohort(),
                counted.number(),
                counted.states(),
                counted.firstSeen(),
                counted.lastSeen(),
                some,
                cohorts.between(tx, first.expected(), first.observed()));
    }

    private static List<Counted> counted(Db.Tx tx, FindingFilter filter, int most, String begin) {
        return tx.list(
                """
                SELECT min(n.cohort), count(*), array_agg(DISTINCT n.state), min(n.first_seen), max(n.last_seen)
                FROM finding n
                JOIN fleet f USING (uid)
                WHERE %s AND n.cohort COLLATE "C" > $5
                GROUP BY n.cohort COLLATE "C"
                ORDER BY n.cohort COLLATE "C"
                LIMIT %d
                """
                        .formatted(filter.where(), most),
                Counted::of,
                filter.open(),
                filter.cohort(),
                filter.site(),
                filter.name(),
                begin);
    }

    private static Map<String, List<Finding>> named(
            Db.Tx tx, FindingFilter filter, List<Counted> cohorts) {
        var named = new HashMap<String, List<Finding>>();
        tx.list(
                        """
                        SELECT x.* FROM unnest($5::text[]) AS c(cohort)
                        CROSS JOIN LATERAL (%s %s AND n.cohort COLLATE "C" = c.cohort
                            ORDER BY n.id LIMIT %d) AS x
                        """
                                .formatted(FindingViews.SELECT, filter.where(), NAMED),
                        FindingViews::finding,
                        filter.open(),
                        filter.cohort(),
                        filter.site(),
                        filter.name(),
                        cohorts.stream().map(Counted::cohort).toArray(String[]::new))
                .forEach(one ->
                        named.computeIfAbsent(one.cohort(), c -> new ArrayList<>()).add(one));
        return named;
    }
}
