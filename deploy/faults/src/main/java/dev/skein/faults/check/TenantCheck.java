// SPDX-License-Identifier: Apache-2.0
package dev.skein.faults.check;

import dev.skein.engine.journal.Entry;
import dev.skein.engine.journal.EntryKind;
import dev.skein.engine.journal.Envelope;
import dev.skein.engine.journal.Journal;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.postgres.PgSession;
import dev.skein.faults.work.TenantDatabases;
import dev.skein.faults.work.TenantName;
import dev.skein.faults.work.Violations;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every tenant's own word: each revision has had its effect once for each time that the journal
 * tells of it (I1), and neither epoch nor accepted generation ever falls (I6).
 */
final class TenantCheck {
    private static final int PAGE = 1000;
    private static final List<String> COUNTED = List.of("f1", "f2", "f4", "f5");

    /**
     * What a tenant tells.
     *
     * @param written when each entry was written, by the database's clock
     */
    record Told(
            TenantName tenant,
            JournalState state,
            List<Entry> entries,
            List<Envelope> says,
            List<Instant> written) {}

    private final TenantDatabases databases;
    private final Violations violations;
    private final Map<TenantName, JournalState> before = new HashMap<>();

    TenantCheck(TenantDatabases databases, Violations violations) {
        this.databases = databases;
        this.violations = violations;
    }

    /** Checks all; gives what they told, for others to compare. */
    List<Told> all() {
        var told = new ArrayList<Told>();
        for (var tenant : TenantDatabases.all()) {
            try (var session = databases.open(tenant)) {
                read(tenant, session)
                        .ifPresent(one -> {
                            told.add(one);
                            check(one, session);
                        });
            }
        }
        return told;
    }

    static Optional<Told> read(TenantName tenant, PgSession session) {
        var journal = new Journal(session, "");
        var state = journal.exists() ? journal.read() : Optional.<JournalState>empty();
        if (state.isEmpty()) {
            return Optional.empty();
        }
        var entries = new ArrayList<Entry>();
        var page = journal.after(0, PAGE);
        while (!page.isEmpty()) {
            entries.addAll(page);
            page = journal.after(entries.getLast().seq(), PAGE);
        }
        var says = entries.stream().map(entry -> Envelope.parse(entry.envelope())).toList();
        return Optional.of(new Told(tenant, state.get(), entries, says, written(session)));
    }

    private static List<Instant> written(PgSession session) {
        var written = new ArrayList<Instant>();
        session.query("SELECT at FROM skein.entry WHERE target = '' ORDER BY seq")
                .forEach(row -> written.add(row.getOffsetDateTime(0).toInstant()));
        return written;
    }

    private void check(Told told, PgSession session) {
        chained(told);
        counted(told, effects(session), indexed(session));
        fenced(told);
    }

    private void chained(Told told) {
        var entries = told.entries();
        for (int n = 0; n < entries.size(); n++) {
            var entry = entries.get(n);
            boolean follows =
                    n == 0 || java.util.Arrays.equals(entry.prevHash(), entries.get(n - 1).hash());
            if (entry.seq() != n + 1 || !entry.isIntact() || !follows) {
                violations.add("I1", told.tenant() + ": entry " + entry.seq() + " is not chained");
            }
        }
        var last = told.says().getLast();
        if (last.seq() != told.state().seq() || !last.heads().equals(told.state().heads())) {
            violations.add(
                    "I1",
                    "%s: state %d %s, last entry %d %s"
                            .formatted(
                                    told.tenant(),
                                    told.state().seq(),
                                    told.state().heads(),
                                    last.seq(),
                                    last.heads()));
        }
    }

    /** By revision and way, how often. */
    private static Map<String, Long> effects(PgSession session) {
        var counts = new HashMap<String, Long>();
        session.query("SELECT revision, way, count(*) FROM effect GROUP BY revision, way")
                .forEach(row -> counts.put(row.getString(0) + row.getInteger(1), row.getLong(2)));
        return counts;
    }

    private static boolean indexed(PgSession session) {
        return session.query(
                                """
                                SELECT 1 FROM pg_index
                                WHERE indexrelid = to_regclass('stock_n') AND indisvalid AND indisready
                                """)
                        .size()
                == 1;
    }

    private void counted(Told told, Map<String, Long> effects, boolean indexed) {
        for (var revision : COUNTED) {
            long up = entries(told, EntryKind.APPLIED, revision);
            long down = entries(told, EntryKind.REVERTED, revision);
            long did = effects.getOrDefault(revision + "1", 0L);
            long undid = effects.getOrDefault(revision + "-1", 0L);
            long stands = stands(told, revision) ? 1 : 0;
            if (up != did || down != undid || did - undid != stands) {
                violations.add(
                        "I1",
                        "%s: %s was applied %d times and taken back %d times, by its journal %d and %d; heads %s"
                                .formatted(
                                        told.tenant(),
                                        revision,
                                        did,
                                        undid,
                                        up,
                                        down,
                                        told.state().heads()));
            }
        }
        if (indexed != stands(told, "f3")) {
            violations.add(
                    "I1",
                    "%s: heads %s, and the index of f3 is %s"
                            .formatted(
                                    told.tenant(),
                                    told.state().heads(),
                                    indexed ? "there" : "missing"));
        }
    }

    private static long entries(Told told, EntryKind kind, String revision) {
        return told.says().stream()
                .filter(says -> says.kind() == kind && revision.equals(says.revision()))
                .count();
    }

    /** The revisions are one line, in the order of their names. */
    private static boolean stands(Told told, String revision) {
        return told.state().heads().stream().anyMatch(head -> head.compareTo(revision) >= 0);
    }

    private void fenced(Told told) {
        var now = told.state();
        var was = before.put(told.tenant(), now);
        if (was != null && (now.epoch() < was.epoch() || now.accepted() < was.accepted())) {
            violations.add(
                    "I6",
                    "%s: epoch %d and accepted %d were %d and %d"
                            .formatted(
                                    told.tenant(),
                                    now.epoch(),
                                    now.accepted(),
                                    was.epoch(),
                                    was.accepted()));
        }
        long highest = 0;
        for (var says : told.says()) {
            long generation = says.generation() == null ? highest : says.generation();
            if (generation < highest) {
                violations.add(
                        "I6",
                        "%s: entry %d is of generation %d, behind one of %d"
                                .formatted(told.tenant(), says.seq(), generation, highest));
            }
            highest = Math.max(highest, generation);
        }
    }
}
