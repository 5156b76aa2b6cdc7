// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.log;

import dev.skein.audit.log.HistoryState.State;
import dev.skein.engine.journal.EntryKind;
import dev.skein.engine.journal.Envelope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Sorts a batch of received entries by what becomes of them. Pure: no I/O, one use. */
final class EntryBatch {
    /** Finds entries that the log has: their hash, or null. */
    interface Known {
        byte @Nullable [] hash(String source, long seq);

        /**
         * Whether an entry, the first one of its source, goes on from one of the same database.
         *
         * @param saved whether a backup must have been taken right behind that one
         */
        boolean goesOn(ReceivedEntry first, boolean saved);

        /** Some entries that are parked behind a number, in their order; none where none are. */
        List<ReceivedEntry> parkedBehind(String source, long seq);
    }

    /** Something that must not have happened. */
    @SuppressWarnings("ArrayRecordComponent")
    record Anomaly(String source, long seq, String kind, String detail, byte[] record) {
        static Anomaly of(ReceivedEntry entry, String kind, String detail) {
            return new Anomaly(entry.source(), entry.seq(), kind, detail, entry.record());
        }
    }

    /** So many refused entries of a source are kept; further ones are counted. */
    private static final int KEPT = 16;

    private final Map<String, HistoryState> sources;
    private final Map<String, TreeMap<Long, ReceivedEntry>> waiting = new HashMap<>();
    private final Map<String, Long> loaded = new HashMap<>();
    private final Known known;
    private final List<ReceivedEntry> accepted = new ArrayList<>();
    private final List<ReceivedEntry> parked = new ArrayList<>();
    private final List<ReceivedEntry> unparked = new ArrayList<>();
    private final List<Anomaly> anomalies = new ArrayList<>();
    private final Set<String> changed = new HashSet<>();
    private final Map<String, byte[]> fresh = new HashMap<>();
    private int duplicates;
    private int refused;

    /**
     * @param sources the sources of the batch as stored
     * @param heads of each source the parked entry with the smallest number
     * @param again parked entries whose numbers come once more
     */
    EntryBatch(
            Map<String, HistoryState> sources,
            List<ReceivedEntry> heads,
            List<ReceivedEntry> again,
            Known known) {
        this.sources = new HashMap<>(sources);
        this.known = known;
        heads.forEach(entry -> loaded.put(entry.source(), entry.seq()));
        heads.forEach(this::wait);
        again.forEach(this::wait);
    }

    private void wait(ReceivedEntry entry) {
        waiting.computeIfAbsent(entry.source(), s -> new TreeMap<>())
                .putIfAbsent(entry.seq(), entry);
    }

    /** Judges an entry, and then those that waited for it. */
    void take(ReceivedEntry entry) {
        one(entry);
        unpark(entry.source());
    }

    private void one(ReceivedEntry entry) {
        var source = opened(entry);
        switch (source.judge(entry)) {
            case ACCEPT -> accept(source, entry);
            case SEEN -> seen(source, entry);
            case PARK -> park(source, entry);
            case FORK -> fork(source, entry, "its previous hash is not the last one's");
            case CORRUPT -> refuse(entry, "corrupt", "its hash does not fit its bytes");
        }
    }

    /**
     * An entry's source. As long as nothing of it was accepted, it may begin behind another
     * incarnation of the same database: by being restored from a backup, or by being adopted. One
     * that was adopted as a copy begins there.
     */
    private HistoryState opened(ReceivedEntry entry) {
        var source = sources.computeIfAbsent(entry.source(), HistoryState::fresh);
        if (!opens(entry, source)) {
            return source;
        }
        var begun =
                new HistoryState(
                        entry.source(),
                        entry.seq(),
                        entry.prevHash(),
                        State.LIVE,
                        source.refused(),
                        source.disputed(),
                        source.settled());
        sources.put(begun.id(), begun);
        return begun;
    }

    /** Whether a history of a database may begin with an entry that is not its first. */
    private boolean opens(ReceivedEntry entry, HistoryState source) {
        var isJournal = entry.source().startsWith("db/");
        if (!isJournal
                || source.nextSeq() > 1
                || entry.seq() == 1
                || source.state() == State.FORK) {
            return false;
        }
        var saved = entry.kind().equals(EntryKind.RESTORED.wire());
        if (!saved && !entry.kind().equals(EntryKind.ADOPTED.wire())) {
            return false;
        }
        var isClone = !saved && Envelope.isOfClone(entry.envelope());
        return isClone || isFresh(entry, saved) || known.goesOn(entry, saved);
    }

    /** The same within this batch. */
    private boolean isFresh(ReceivedEntry entry, boolean saved) {
        return accepted.stream()
                .anyMatch(e ->
                        e.family().equals(entry.family())
                                && e.seq() == entry.seq() - 1
                                && Arrays.equals(e.hash(), entry.prevHash())
                                && (!saved || isSaved(e)));
    }

    private boolean isSaved(ReceivedEntry before) {
        return accepted.stream()
                .anyMatch(b ->
                        b.source().equals(before.source())
                                && b.seq() == before.seq() + 1
                                && b.kind().equals(EntryKind.BACKED_UP.wire()));
    }

    private void park(HistoryState source, ReceivedEntry entry) {
        var queue = waiting.computeIfAbsent(entry.source(), s -> new TreeMap<>());
        var other = queue.putIfAbsent(entry.seq(), entry);
        if (other == null) {
            parked.add(entry);
        } else if (!Arrays.equals(other.hash(), entry.hash())) {
            refuse(entry, "fork", "another entry with this number is parked");
        } else {
            duplicates++;
        }
        if (source.state() == State.LIVE) {
            put(now(source).in(State.GAP));
        }
    }

    private void accept(HistoryState source, ReceivedEntry entry) {
        accepted.add(entry);
        fresh.put(key(entry), entry.hash());
        put(source.after(entry));
    }

    private static String key(ReceivedEntry entry) {
        return entry.source() + "#" + entry.seq();
    }

    private void seen(HistoryState source, ReceivedEntry entry) {
        var before = fresh.get(key(entry));
        before = before == null ? known.hash(entry.source(), entry.seq()) : before;
        if (Arrays.equals(before, entry.hash())) {
            duplicates++;
        } else if (source.isSettled(entry.seq(), before == null)) {
            refuse(entry, "fork", "somebody decided that the history goes on without it");
        } else {
            fork(source, entry, "another entry has this number");
        }
    }

    private void fork(HistoryState source, ReceivedEntry entry, String detail) {
        refuse(entry, "fork", detail);
        put(now(source).in(State.FORK));
    }

    /** The first ones are evidence; whoever sends more of them must not fill the disk. */
    private void refuse(ReceivedEntry entry, String kind, String detail) {
        var source = sources.computeIfAbsent(entry.source(), HistoryState::fresh);
        if (source.refused() < KEPT) {
            anomalies.add(Anomaly.of(entry, kind, detail));
        }
        refused++;
        put(source.refusing());
    }

    private HistoryState now(HistoryState source) {
        return sources.getOrDefault(source.id(), source);
    }

    private void unpark(String id) {
        var queue = waiting.getOrDefault(id, new TreeMap<>());
        for (load(id); !queue.isEmpty(); load(id)) {
            var next = queue.firstEntry().getValue();
            var source = opened(next);
            if (source.state() == State.FORK) {
                return; // it waits for somebody's decision, like everything behind it
            }
            if (source.judge(next) == HistoryState.Verdict.PARK) {
                put(source.in(State.GAP));
                return;
            }
            queue.pollFirstEntry();
            unparked.add(next);
            one(next);
        }
    }

    /** What is parked is read where the source has come as far, and no sooner. */
    private void load(String id) {
        var upTo = loaded.get(id);
        if (upTo == null || sources.getOrDefault(id, HistoryState.fresh(id)).nextSeq() <= upTo) {
            return;
        }
        var more = known.parkedBehind(id, upTo);
        more.forEach(this::wait);
        if (more.isEmpty()) {
            loaded.remove(id);
        } else {
            loaded.put(id, more.getLast().seq());
        }
    }

    private void put(HistoryState source) {
        sources.put(source.id(), source);
        changed.add(source.id());
    }

    List<ReceivedEntry> accepted() {
        return accepted;
    }

    /** Entries to park: not those that the same batch took up again. */
    List<ReceivedEntry> toPark() {
        var again = new HashSet<String>();
        unparked.forEach(entry -> again.add(key(entry)));
        return parked.stream().filter(entry -> !again.contains(key(entry))).toList();
    }

    List<ReceivedEntry> unparked() {
        return unparked;
    }

    List<Anomaly> anomalies() {
        return anomalies;
    }

    List<HistoryState> changedSources() {
        return changed.stream()
                .sorted()
                .map(id -> sources.getOrDefault(id, HistoryState.fresh(id)))
                .toList();
    }

    /** How many were refused, kept or not. */
    int refused() {
        return refused;
    }

    int duplicates() {
        return duplicates;
    }
}
