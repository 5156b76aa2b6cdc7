// SPDX-License-Identifier: Apache-2.0
package dev.skein.faults.check;

import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.proof.Checkpoint;
import dev.skein.engine.proof.MerkleFrontier;
import dev.skein.faults.work.Violations;
import dev.skein.faults.world.StackUnderFaults;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The audit log holds what the tenants' journals and the control plane's decisions hold, byte for
 * byte (I2), and each checkpoint is of the entries that stand in it, earlier ones unchanged (I3).
 */
final class AuditCheck {
    private static final String SIGNED =
            """
            SELECT size, root, note FROM checkpoint WHERE size <= $1 ORDER BY size
            """;

    private static final int PAGE = 5000;

    private final StackUnderFaults world;
    private final Violations violations;
    private MerkleFrontier frontier = new MerkleFrontier();
    private final Map<Long, byte[]> roots = new HashMap<>();

    AuditCheck(StackUnderFaults world, Violations violations) {
        this.world = world;
        this.violations = violations;
    }

    /** What the log lacks, or has otherwise, as long as it may still come. */
    List<String> missing(List<TenantJournal> told) {
        var missing = new ArrayList<String>();
        try (var audit = world.open("control", "skein_audit")) {
            for (var one : told) {
                compareJournal(audit, one, missing);
            }
            findTrouble(audit, missing);
            compareDecisions(audit, missing);
        }
        return missing;
    }

    private static void compareJournal(PgSession audit, TenantJournal told, List<String> missing) {
        byIncarnation(told)
                .forEach((incarnation, entries) -> {
                    var audited = audited(audit, "db/" + told.state().uid() + "/" + incarnation);
                    // What was written behind the backup is in the log alone: it was lost, and is
                    // known to be.
                    boolean old = !incarnation.equals(told.state().incarnation());
                    var same =
                            old && audited.size() > entries.size()
                                    ? audited.subList(0, entries.size())
                                    : audited;
                    if (!same.equals(entries)) {
                        missing.add(
                                "%s: %d entries of incarnation %s, %d audited"
                                        .formatted(
                                                told.tenant(),
                                                entries.size(),
                                                incarnation,
                                                audited.size()));
                    }
                });
    }

    private static Map<String, List<Buffer>> byIncarnation(TenantJournal told) {
        var byIncarnation = new HashMap<String, List<Buffer>>();
        for (var entry : told.entries()) {
            byIncarnation
                    .computeIfAbsent(entry.incarnation(), name -> new ArrayList<>())
                    .add(
                            Buffer.buffer(entry.envelope())
                                    .appendBytes(entry.hash())
                                    .appendBytes(entry.salt())
                                    .appendBytes(Objects.requireNonNull(entry.body())));
        }
        return byIncarnation;
    }

    private static List<Buffer> audited(PgSession audit, String source) {
        var found = new ArrayList<Buffer>();
        audit.query(
                        """
                        SELECT e.envelope || e.hash || b.salt || b.body
                        FROM entry e JOIN body b USING (index) WHERE e.source = $1 ORDER BY e.seq
                        """,
                        source)
                .forEach(row -> found.add(row.getBuffer(0)));
        return found;
    }

    private static void findTrouble(PgSession audit, List<String> missing) {
        audit.query("SELECT id, state FROM source WHERE state <> 'live'")
                .forEach(row -> missing.add(row.getString(0) + " is " + row.getString(1)));
        audit.query("SELECT source, seq FROM parked")
                .forEach(
                        row -> missing.add(row.getString(0) + "/" + row.getLong(1) + " is parked"));
    }

    private void compareDecisions(PgSession audit, List<String> missing) {
        var audited = new HashMap<String, Buffer>();
        audit.query("SELECT source, seq, envelope || hash FROM entry WHERE source NOT LIKE 'db/%'")
                .forEach(row ->
                        audited.put(row.getString(0) + "/" + row.getLong(1), row.getBuffer(2)));
        try (var api = world.open("control", "skein_api")) {
            api.query("SELECT stream, version, envelope || hash FROM event")
                    .forEach(row -> {
                        var name = row.getString(0) + "/" + row.getLong(1);
                        if (!row.getBuffer(2).equals(audited.get(name))) {
                            missing.add("decision " + name + " is not in the log as it was made");
                        }
                    });
        }
    }

    /** Checks what can never be mended by waiting. */
    void check() {
        try (var audit = world.open("control", "skein_audit")) {
            audit.query("SELECT source, seq, kind, detail FROM anomaly")
                    .forEach(row ->
                            violations.add(
                                    "I2",
                                    "%s/%d: %s: %s"
                                            .formatted(
                                                    row.getString(0),
                                                    row.getLong(1),
                                                    row.getString(2),
                                                    row.getString(3))));
            grow(audit);
            // What is signed meanwhile is checked after the next round.
            audit.query(SIGNED, frontier.size())
                    .forEach(row ->
                            checkRoot(
                                    row.getLong(0), row.getBuffer(1).getBytes(), row.getString(2)));
        }
    }

    private void grow(PgSession audit) {
        long upTo = signedSize(audit);
        roots.putIfAbsent(0L, frontier.root());
        while (frontier.size() < upTo) {
            long from = frontier.size();
            page(audit, from, Math.min(upTo, from + PAGE)).forEach(this::append);
            if (frontier.size() == from) {
                violations.add("I3", "entry " + from + " is missing, and signed");
                return;
            }
        }
    }

    private static long signedSize(PgSession audit) {
        var sizes = new ArrayList<Long>();
        audit.query("SELECT size FROM checkpoint ORDER BY size")
                .forEach(row -> sizes.add(row.getLong(0)));
        return sizes.isEmpty() ? 0 : sizes.getLast();
    }

    private static RowSet<Row> page(PgSession audit, long from, long to) {
        return audit.query(
                """
                SELECT envelope FROM entry WHERE index >= $1 AND index < $2 ORDER BY index
                """,
                from,
                to);
    }

    private void append(Row row) {
        frontier.append(row.getBuffer(0).getBytes());
        roots.put(frontier.size(), frontier.root());
    }

    private void checkRoot(long size, byte[] root, String note) {
        var said = Checkpoint.read(note);
        if (said.size() != size
                || !Arrays.equals(said.root(), root)
                || !Arrays.equals(root, roots.get(size))) {
            violations.add("I3", "the checkpoint of " + size + " entries is not of these entries");
        }
    }
}
