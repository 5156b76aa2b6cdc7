// SPDX-License-Identifier: Apache-2.0
package dev.skein.faults.check;

import dev.skein.engine.journal.EntryKind;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.postgres.PgSession;
import dev.skein.faults.work.TenantDatabases;
import dev.skein.faults.work.TenantName;
import dev.skein.faults.work.Violations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Every tenant's own word: each revision has had its effect once for each time that the journal
 * tells of it (I1), and neither epoch nor accepted generation ever falls (I6).
 */
final class TenantCheck {
    private static final List<String> COUNTED = List.of("f1", "f2", "f4", "f5");

    private final TenantDatabases databases;
    private final Violations violations;
    private final Map<TenantName, JournalState> before = new HashMap<>();

    TenantCheck(TenantDatabases databases, Violations violations) {
        this.databases = databases;
        this.violations = violations;
    }

    /** Checks all; gives what they told, for others to compare. */
    List<TenantJournal> checkAll() {
        var told = new ArrayList<TenantJournal>();
        for (var tenant : TenantDatabases.all()) {
            try (var session = databases.open(tenant)) {
                TenantJournal.read(tenant, session)
                        .ifPresent(one -> {
                            told.add(one);
                            check(one, session);
                        });
            }
        }
        return told;
    }

    private void check(TenantJournal told, PgSession session) {
        checkChain(told);
        checkEffects(told, effects(session));
        checkIndex(told, isIndexed(session));
        checkFences(told);
        checkGenerations(told);
    }

    private void checkChain(TenantJournal told) {
        var entries = told.entries();
        for (int n = 0; n < entries.size(); n++) {
            var entry = entries.get(n);
            boolean follows = n == 0 || Arrays.equals(entry.prevHash(), entries.get(n - 1).hash());
            if (entry.seq() != n + 1 || !entry.isIntact() || !follows) {
                violations.add("I1", told.tenant() + ": entry " + entry.seq() + " is not chained");
            }
        }
        checkHead(told);
    }

    private void checkHead(TenantJournal told) {
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

    private static boolean isIndexed(PgSession session) {
        return session.query(
                                """
                                SELECT 1 FROM pg_index
                                WHERE indexrelid = to_regclass('stock_n') AND indisvalid AND indisready
                                """)
                        .size()
                == 1;
    }

    private void checkEffects(TenantJournal told, Map<String, Long> effects) {
        for (var revision : COUNTED) {
            long up = told.count(EntryKind.APPLIED, revision);
            long down = told.count(EntryKind.REVERTED, revision);
            long did = effects.getOrDefault(revision + "1", 0L);
            long undid = effects.getOrDefault(revision + "-1", 0L);
            long stands = told.has(revision) ? 1 : 0;
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
    }

    private void checkIndex(TenantJournal told, boolean indexed) {
        if (indexed != told.has("f3")) {
            violations.add(
                    "I1",
                    "%s: heads %s, and the index of f3 is %s"
                            .formatted(
                                    told.tenant(),
                                    told.state().heads(),
                                    indexed ? "there" : "missing"));
        }
    }

    private void checkFences(TenantJournal told) {
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
    }

    private void checkGenerations(TenantJournal told) {
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
