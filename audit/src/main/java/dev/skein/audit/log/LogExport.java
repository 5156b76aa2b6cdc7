// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.log;

import dev.skein.audit.log.LogSearch.Entry;
import dev.skein.audit.log.LogSearch.Wanted;
import dev.skein.engine.SkeinException;
import dev.skein.engine.proof.ExportLine;
import dev.skein.engine.proof.MerkleProofs;
import dev.skein.service.database.Db;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the log, or a part of it, for somebody who trusts nobody. */
@ApplicationScoped
public class LogExport {
    private static final int CHUNK = 500;
    private static final int NOTES = 200;

    private final LogReads reads;
    private final LogSearch search;
    private final SignedCheckpoints checkpoints;

    public LogExport(LogReads reads, LogSearch search, SignedCheckpoints checkpoints) {
        this.reads = reads;
        this.search = search;
        this.checkpoints = checkpoints;
    }

    /** Takes lines; may throw what it likes to end the writing. */
    @FunctionalInterface
    public interface Lines<E extends Exception> {
        void take(String line) throws E;
    }

    /**
     * Writes what is covered by the last checkpoint; read in parts, so that nothing is held long.
     *
     * @param about says in words what a part was chosen by
     */
    public <E extends Exception> void write(Wanted wanted, String about, Lines<E> lines) throws E {
        var last =
                reads.call(checkpoints::last)
                        .orElseThrow(() ->
                                SkeinException.failed(
                                        "Log", "it is empty: there is nothing to export", ""));
        new Writing<>(last, wanted, about, lines).write();
    }

    /** Keeps count of the lines of one export. */
    private final class Writing<E extends Exception> {
        private final SignedCheckpoints.Signed last;
        private final Wanted wanted;
        private final String about;
        private final Lines<E> lines;
        private final Deque<SignedCheckpoints.Signed> notes = new ArrayDeque<>();

        /** In a part: what the log tells of itself, whatever else was chosen. */
        private final Deque<Proven> told = new ArrayDeque<>();

        private long count;

        Writing(SignedCheckpoints.Signed last, Wanted wanted, String about, Lines<E> lines) {
            this.last = last;
            this.wanted = wanted;
            this.about = about;
            this.lines = lines;
        }

        void write() throws E {
            var whole = wanted.isAll();
            line(ExportLine.heading(checkpoints.origin(), whole, whole ? null : about));
            if (whole) {
                notes.addAll(reads.call(tx -> checkpoints.some(tx, last.size(), NOTES)));
            } else {
                line(ExportLine.note(last.note()));
                told.addAll(
                        reads.call(tx -> proven(tx, search.ownEntries(tx, last.size()), false)));
            }
            entries(whole);
            toldUpTo(last.size());
            line(ExportLine.theEnd(count));
        }

        private void entries(boolean whole) throws E {
            long from = 0;
            for (var chunk = chunk(from, whole); !chunk.isEmpty(); chunk = chunk(from, whole)) {
                for (var entry : chunk) {
                    toldUpTo(entry.index());
                    line(entry.line());
                    from = entry.index() + 1;
                    while (!notes.isEmpty() && notes.peekFirst().size() == from) {
                        line(ExportLine.note(notes.removeFirst().note()));
                    }
                }
            }
        }

        /** Writes what is told before an entry; that one itself is written anyway. */
        private void toldUpTo(long index) throws E {
            while (!told.isEmpty() && told.peekFirst().index() <= index) {
                var one = told.removeFirst();
                if (one.index() < index) {
                    line(one.line());
                }
            }
        }

        private List<Proven> chunk(long from, boolean whole) {
            return reads.call(
                    tx -> proven(tx, search.find(tx, wanted, from, last.size(), CHUNK), whole));
        }

        private List<Proven> proven(Db.Tx tx, List<Entry> entries, boolean whole) {
            var nodes = new StoredNodes(tx);
            var proven = new ArrayList<Proven>();
            for (var entry : entries) {
                var proof =
                        whole ? null : MerkleProofs.inclusion(nodes, entry.index(), last.size());
                proven.add(new Proven(entry, proof));
            }
            return proven;
        }

        private void line(ExportLine line) throws E {
            lines.take(line.text());
            count++;
        }
    }

    /** An entry with its way to the root. */
    private record Proven(Entry entry, @Nullable List<byte[]> proof) {
        long index() {
            return entry.index();
        }

        ExportLine line() {
            return ExportLine.entry(
                    entry.index(),
                    entry.source(),
                    entry.seq(),
                    entry.envelope(),
                    entry.prev(),
                    entry.salt(),
                    entry.body(),
                    proof);
        }
    }
}
