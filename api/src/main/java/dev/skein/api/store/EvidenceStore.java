// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.store;

import dev.skein.api.rollout.WayBack;
import dev.skein.engine.event.RehearsalEvidence;
import dev.skein.engine.event.RehearsalGrade;
import dev.skein.engine.event.RehearsalResult;
import dev.skein.service.database.Db;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What rehearsals showed, by the checksum of the revision: edited, it has to be shown again. */
@ApplicationScoped
public class EvidenceStore {
    private static final String PUT =
            """
            INSERT INTO evidence AS e (checksum, postgres, grade, given_by, given_at, additive, made, up_millis,
                down_millis, found)
            VALUES ($1, $2, $3, $4, now(), $5, $6, $7, $8, $9)
            ON CONFLICT (checksum) DO UPDATE SET postgres = excluded.postgres, grade = excluded.grade,
                given_by = excluded.given_by, given_at = excluded.given_at, up_millis = excluded.up_millis,
                down_millis = excluded.down_millis, found = excluded.found,
                made = coalesce(excluded.made, e.made)
            WHERE NOT (excluded.grade = 'SHAPE_PROVEN' AND e.grade IN ('LOSSY', 'DATA_PROVEN'))
                AND NOT ($10 AND excluded.grade IN ('DATA_PROVEN', 'SHAPE_PROVEN', 'FAILS') AND e.grade IN ('LOSSY', 'DIFFERS'))
            """;

    private final EventStore events;

    public EvidenceStore(EventStore events) {
        this.events = events;
    }

    /**
     * Keeps evidence; what was known of the same revision gives way, and stays in the events. What
     * rows have shown does not give way to a rehearsal without any.
     */
    public void put(Db.Tx tx, RehearsalEvidence evidence, String by) {
        put(tx, evidence, by, false);
    }

    /**
     * Keeps what an agent has found out. Of two databases' rehearsals of the same revision the
     * worse one counts, and only what each has seen to be additive is.
     */
    public void putFound(Db.Tx tx, RehearsalEvidence evidence, String agent) {
        put(tx, evidence, "agent " + agent, true);
    }

    private void put(Db.Tx tx, RehearsalEvidence evidence, String by, boolean byAgent) {
        evidence.revisions().stream()
                .sorted(Comparator.comparing(RehearsalResult::checksum))
                .forEach(one -> put(tx, one, evidence.postgres(), by, byAgent));
    }

    private void put(Db.Tx tx, RehearsalResult one, int postgres, String by, boolean byAgent) {
        write(tx, one, postgres, by, byAgent);
        if (byAgent && !one.additive()) {
            tx.query("UPDATE evidence SET additive = false WHERE checksum = $1", one.checksum());
        }
        record Given(int postgres, RehearsalResult rehearsed) {}
        var given = new Given(postgres, one);
        events.appendAlone(tx, "evidence/" + one.checksum(), "evidence.Given", given, by);
    }

    private static void write(
            Db.Tx tx, RehearsalResult one, int postgres, String by, boolean byAgent) {
        tx.query(
                PUT,
                one.checksum(),
                postgres,
                one.grade().name(),
                by,
                byAgent && one.additive(),
                array(one.made()),
                millis(one.up()),
                millis(one.down()),
                one.found(),
                byAgent);
    }

    private static String @Nullable [] array(@Nullable List<String> names) {
        return names == null ? null : names.toArray(String[]::new);
    }

    private static @Nullable Long millis(@Nullable Duration took) {
        return took == null ? null : took.toMillis();
    }

    /** What is known of ways back, by the revision's checksum. */
    public Map<String, WayBack> known(Db.Tx tx, Collection<String> checksums) {
        var known = new HashMap<String, WayBack>();
        var rows =
                tx.query(
                        """
                        SELECT checksum, grade, additive, made, up_millis, down_millis, found
                        FROM evidence
                        WHERE checksum = ANY ($1)
                        """,
                        (Object) checksums.toArray(String[]::new));
        rows.forEach(row -> known.put(row.getString(0), wayBack(row)));
        return known;
    }

    private static @Nullable List<String> list(String @Nullable [] names) {
        return names == null ? null : List.of(names);
    }

    private static WayBack wayBack(Row row) {
        return new WayBack(
                RehearsalGrade.valueOf(row.getString(1).toUpperCase(Locale.ROOT)),
                row.getBoolean(2),
                list(row.getArrayOfStrings(3)),
                row.getLong(4),
                row.getLong(5),
                row.getString(6));
    }
}
