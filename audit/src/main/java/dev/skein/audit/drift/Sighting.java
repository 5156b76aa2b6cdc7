// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.drift;

import dev.skein.audit.log.HistoryEntries;
import dev.skein.engine.SkeinException;
import dev.skein.engine.catalog.Fingerprint;
import dev.skein.engine.event.DatabaseReport;
import dev.skein.engine.journal.EntryKind;
import dev.skein.engine.journal.Envelope;
import dev.skein.service.database.Db;
import dev.skein.service.kafka.RecordTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A report of a database beside what its journal left there.
 *
 * @param expected what the log says that the entry left, where that entry says it; else what the
 *     journal says; null where neither does
 */
record Sighting(DatabaseReport report, RecordTime stamp, @Nullable String expected) {
    /** Reads what is to be expected, of each database once. */
    static List<Sighting> of(Db.Tx tx, List<DriftDetector.Seen> seen) {
        var left = left(tx, seen.stream().map(DriftDetector.Seen::says).toList());
        return seen.stream().map(one -> of(one, left)).toList();
    }

    /** When it was made is what the broker says, where it does. */
    private static Sighting of(DriftDetector.Seen one, Map<String, String> left) {
        var at = one.stamp().at();
        var report = at == null ? one.says() : one.says().withAt(at);
        var logged = left.get(report.uid());
        var told = report.incarnation() == null ? null : report.fingerprint();
        return new Sighting(report, one.stamp(), logged == null ? told : logged);
    }

    private static Map<String, String> left(Db.Tx tx, List<DatabaseReport> reports) {
        Map<String, String> byUid = new HashMap<>();
        var keys =
                reports.stream()
                        .filter(r -> r.incarnation() != null && r.observed() != null)
                        .collect(Collectors.toMap(DatabaseReport::uid, Sighting::key));
        var entries = HistoryEntries.envelopes(tx, keys.values());
        keys.forEach((uid, key) -> {
            var entry = entries.get(key);
            var print = entry == null ? null : print(entry);
            if (print != null) {
                byUid.put(uid, print);
            }
        });
        return byUid;
    }

    /** The entry that a report saw last. */
    private static HistoryEntries.Key key(DatabaseReport report) {
        var source = "db/" + report.uid() + "/" + report.incarnation();
        return new HistoryEntries.Key(source, report.seq());
    }

    private static @Nullable String print(byte[] entry) {
        var says = Envelope.parse(entry);
        return says.kind() == EntryKind.OBSERVED ? says.fingerprint() : null;
    }

    /** Whether it can be told if it is as it has to be. */
    boolean isComparable() {
        var seen = report.observed();
        if (seen == null || expected == null) {
            return false;
        }
        try {
            return Fingerprint.parse(expected).isComparable(Fingerprint.parse(seen));
        } catch (SkeinException e) {
            return false; // of another version of this program
        }
    }

    /** Whether it is as it has to be. */
    boolean isFine() {
        return isComparable() && Objects.equals(expected, report.observed());
    }

    FindingStore.Over over() {
        return FindingStore.Over.of(report);
    }
}
