// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.drift;

import dev.skein.service.database.Db;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Findings as they are shown: those that differ alike together. */
@ApplicationScoped
public class FindingViews {
    private static final int MOST = 5000;
    static final String SELECT =
            """
            SELECT n.id, n.uid, f.site, f.name, n.expected, n.observed, n.cohort, n.state,
                n.fine_at, n.first_seen, n.last_seen, n.ended_at, n.ended_by, n.reason
            FROM finding n
            JOIN fleet f USING (uid)
            WHERE
            """;

    private final DriftCohorts cohorts;

    public FindingViews(DriftCohorts cohorts) {
        this.cohorts = cohorts;
    }

    /**
     * A database that is not as it was left.
     *
     * @param cohort what those that differ alike are called
     * @param fineAt when it was last seen as it was left: it happened between that and the first
     *     sight; null where it never was
     */
    public record Finding(
            long id,
            String uid,
            String site,
            String name,
            String expected,
            String observed,
            String cohort,
            String state,
            @Nullable Instant fineAt,
            Instant firstSeen,
            Instant lastSeen,
            @Nullable Instant endedAt,
            @Nullable String endedBy,
            @Nullable String reason) {}

    /** Databases that differ alike. */
    public record Cohort(
            String cohort, List<Finding> databases, DriftCohorts.Differences differences) {}

    /**
     * Cohorts, the largest first, of the newest findings: as clients of the version before ask for
     * them, who know nothing of pages.
     *
     * @param open only those that are not over
     * @param only the beginning of a cohort's name; null for all
     */
    public List<Cohort> list(Db.Tx tx, boolean open, @Nullable String only) {
        return byCohort(tx, open, only).entrySet().stream()
                .map(e -> {
                    var first = e.getValue().getFirst();
                    var differences = cohorts.between(tx, first.expected(), first.observed());
                    return new Cohort(e.getKey(), e.getValue(), differences);
                })
                .sorted((a, b) -> b.databases().size() - a.databases().size())
                .toList();
    }

    private static Map<String, List<Finding>> byCohort(
            Db.Tx tx, boolean open, @Nullable String only) {
        var byCohort = new LinkedHashMap<String, List<Finding>>();
        tx.query(
                        """
                        %s(NOT $1 OR n.state = 'open')
                            AND ($2::text IS NULL OR starts_with(n.cohort, $2))
                        ORDER BY n.first_seen DESC, n.id
                        LIMIT %s
                        """
                                .formatted(SELECT, MOST),
                        open,
                        only)
                .forEach(row ->
                        byCohort.computeIfAbsent(row.getString("cohort"), c -> new ArrayList<>())
                                .add(finding(row)));
        return byCohort;
    }

    static Finding finding(Row row) {
        return new Finding(
                row.getLong("id"),
                row.getString("uid"),
                row.getString("site"),
                row.getString("name"),
                row.getString("expected"),
                row.getString("observed"),
                row.getString("cohort"),
                row.getString("state"),
                instant(row, "fine_at"),
                row.getOffsetDateTime("first_seen").toInstant(),
                row.getOffsetDateTime("last_seen").toInstant(),
                instant(row, "ended_at"),
                row.getString("ended_by"),
                row.getString("reason"));
    }

    private static @Nullable Instant instant(Row row, String column) {
        var at = row.getOffsetDateTime(column);
        return at == null ? null : at.toInstant();
    }
}
