// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.store;

import dev.skein.engine.postgres.Db;
import dev.skein.engine.rehearse.Evidence;
import dev.skein.engine.rehearse.Grade;
import dev.skein.engine.rehearse.Rehearsed;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** What rehearsals showed, by the checksum of the revision: edited, it has to be shown again. */
@ApplicationScoped
public class EvidenceStore {
    private final EventStore events;

    public EvidenceStore(EventStore events) {
        this.events = events;
    }

    /**
     * Keeps evidence; what was known of the same revision gives way, and stays in the events. What
     * rows have shown does not give way to a rehearsal without any.
     */
    public void put(Db.Tx tx, Evidence evidence, String by) {
        for (var one : evidence.revisions()) {
            tx.query(
                    "INSERT INTO evidence(checksum, postgres, grade, given_by, given_at) VALUES"
                            + " ($1, $2, $3, $4, now()) ON CONFLICT (checksum) DO UPDATE SET"
                            + " postgres = EXCLUDED.postgres, grade = EXCLUDED.grade, given_by ="
                            + " EXCLUDED.given_by, given_at = EXCLUDED.given_at WHERE NOT"
                            + " (EXCLUDED.grade = 'SHAPE_PROVEN' AND evidence.grade IN ('LOSSY',"
                            + " 'DATA_PROVEN'))",
                    one.checksum(),
                    evidence.postgres(),
                    one.grade().name(),
                    by);
            record Given(int postgres, Rehearsed rehearsed) {}
            var given = new Given(evidence.postgres(), one);
            events.appendAlone(tx, "evidence/" + one.checksum(), "evidence.Given", given, by);
        }
    }

    /** The grades that are known, by checksum. */
    public Map<String, Grade> grades(Db.Tx tx, Collection<String> checksums) {
        var grades = new HashMap<String, Grade>();
        var rows =
                tx.query(
                        "SELECT checksum, grade FROM evidence WHERE checksum = ANY ($1)",
                        (Object) checksums.toArray(String[]::new));
        rows.forEach(row ->
                grades.put(
                        row.getString(0),
                        Grade.valueOf(row.getString(1).toUpperCase(Locale.ROOT))));
        return grades;
    }
}
