// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.proof;

import dev.skein.engine.SkeinException;
import dev.skein.engine.proof.Verdict.Status;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Verifies an exported log from the file alone: that every entry is where the signed root has it,
 * that every history in it is dense and chained, and that bodies are those of their entries. Keeps
 * one hash for each history, and for each backup one of what stood before it; nothing else of what
 * it has read.
 */
public final class LogVerifier {
    private static final int TOLD = 10_000;
    private static final int HASH = 32;

    private final NoteKey key;
    private final TrustedGrowth growth;
    private final ExportParser parser;
    private final MerkleFrontier frontier = new MerkleFrontier();
    private final ResolvedHistories resolved = new ResolvedHistories();
    private final HistoryChains chains = new HistoryChains(resolved);
    private final InterruptedHistories interruptions = new InterruptedHistories();
    private @Nullable ExportLine heading;
    private @Nullable Checkpoint checkpoint;
    private long entries;
    private long lastIndex = -1;
    private long missingBodies;

    /**
     * @param key whose signature is trusted
     * @param trusted a checkpoint from earlier that the log must have grown from; null for none
     */
    public LogVerifier(NoteKey key, @Nullable Checkpoint trusted) {
        this.key = key;
        this.growth = new TrustedGrowth(key, trusted);
        this.parser = new ExportParser(trusted != null);
    }

    /**
     * Reads an export to its end or to the first thing that is wrong. One use.
     *
     * @param each hears now and then how many entries were read
     * @throws SkeinException for a file that is no export at all
     * @throws IOException if it cannot be read
     */
    public Verdict verify(InputStream export, LongConsumer each) throws IOException {
        return growth.settled(read(export, each));
    }

    private Verdict read(InputStream export, LongConsumer each) throws IOException {
        var ended = false;
        var in = new ExportLines(export);
        for (var text = in.next(); text != null; text = in.next()) {
            try {
                var line = parser.next(text);
                if (ended) {
                    throw new VerificationEnded(Status.TAMPERED, "there is more behind the end");
                }
                ended = take(line);
            } catch (VerificationEnded e) {
                if (e.isUnreadable() && in.isCut()) {
                    return verdict(Status.INCOMPLETE, line(), "it ends in the middle");
                }
                return verdict(e.status(), line(), String.valueOf(e.getMessage()));
            }
            if (entries % TOLD == 0) {
                each.accept(entries);
            }
        }
        return ended ? atTheEnd() : verdict(Status.INCOMPLETE, line(), "it ends there");
    }

    /** Takes a line; tells whether it is the end. */
    private boolean take(ExportLine line) {
        if (line.end() != null) {
            VerificationEnded.require(
                    line.end() == parser.lines() - 1,
                    "it says that " + line.end() + " lines came before");
            return true;
        }
        if (line.skeinLog() != null) {
            VerificationEnded.require(heading == null, "a second heading");
            heading = line;
        } else if (line.checkpoint() != null) {
            checkpoint(line.checkpoint());
        } else {
            entry(line);
        }
        return false;
    }

    /** Where the reading is. */
    private String line() {
        return "line " + parser.lines();
    }

    private boolean isWhole() {
        return heading != null && Boolean.TRUE.equals(heading.whole());
    }

    private void checkpoint(String note) {
        var read = signed(note);
        if (isWhole()) {
            VerificationEnded.require(
                    read.size() == frontier.size(), "it is about " + read.size() + " entries");
            VerificationEnded.require(
                    Arrays.equals(read.root(), frontier.root()),
                    "an entry from "
                            + (checkpoint == null ? 0 : checkpoint.size())
                            + " to "
                            + (read.size() - 1)
                            + " is not the one that was signed");
            growth.hear(read);
        } else {
            VerificationEnded.require(checkpoint == null, "a second checkpoint");
        }
        checkpoint = read;
    }

    private Checkpoint signed(String note) {
        Checkpoint read;
        try {
            read = Checkpoint.read(note);
        } catch (SkeinException e) {
            throw new VerificationEnded(Status.TAMPERED, "it is no signed note");
        }
        var signed = Checkpoint.isSigned(note, key);
        if (signed.isEmpty()) {
            throw new VerificationEnded(Status.UNKNOWN_KEY, "it is not signed by " + key.text());
        }
        VerificationEnded.require(signed.get(), "its signature does not fit");
        VerificationEnded.require(
                heading != null && read.origin().equals(heading.origin()),
                "it is a checkpoint of " + read.origin());
        return read;
    }

    private void entry(ExportLine line) {
        var index = line.index();
        var source = line.source();
        var seq = line.seq();
        var envelope = line.envelope();
        var prev = line.prev();
        if (index == null || source == null || seq == null || envelope == null || prev == null) {
            throw new VerificationEnded(Status.TAMPERED, "it is neither entry nor checkpoint");
        }
        VerificationEnded.require(prev.length == HASH, "what it follows is no hash");
        VerificationEnded.require(
                index > lastIndex, () -> "entry " + index + " comes after entry " + lastIndex);
        lastIndex = index;
        var says = claims(line, source, seq, envelope);
        missingBodies += says.lacksBody(line) ? 1 : 0;
        chains.hear(source, seq, envelope, prev, says, isWhole());
        interruptions.hear(source, envelope);
        resolved.hear(index, source, envelope);
        growth.hear(index, source, envelope);
        if (isWhole()) {
            VerificationEnded.require(index == entries, () -> "entry " + entries + " is missing");
            frontier.append(envelope);
            growth.look(frontier, found -> verdict(Status.TAMPERED, line(), found));
        } else {
            proven(index, envelope, line.proof());
        }
        entries++;
    }

    private static EnvelopeClaims claims(
            ExportLine line, String source, long seq, byte[] envelope) {
        var says = EnvelopeClaims.of(envelope);
        if (says == null) {
            throw new VerificationEnded(Status.TAMPERED, "its envelope cannot be read");
        }
        var wrong = says.contradiction(line, source, seq);
        VerificationEnded.require(wrong == null, () -> String.valueOf(wrong));
        return says;
    }

    private void proven(long index, byte[] envelope, @Nullable List<byte[]> proof) {
        var known = checkpoint;
        VerificationEnded.require(
                known != null && proof != null, "it stands there without a proof");
        VerificationEnded.require(
                proof == null || proof.stream().allMatch(h -> h != null && h.length == HASH),
                "its proof is no list of hashes");
        if (known != null && proof != null) {
            VerificationEnded.require(
                    MerkleProofs.isIncluded(
                            MerkleFrontier.leaf(envelope),
                            index,
                            known.size(),
                            proof,
                            known.root()),
                    "it is not the entry " + index + " that was signed");
        }
    }

    private Verdict atTheEnd() {
        var last = checkpoint;
        if (last == null) {
            return verdict(Status.INCOMPLETE, "the end", "no checkpoint is in it");
        }
        if (isWhole() && last.size() != entries) {
            return verdict(
                    Status.INCOMPLETE,
                    "entry " + last.size(),
                    "no checkpoint covers it and those behind it");
        }
        var missed = isWhole() ? growth.missed() : null;
        return missed == null ? asFarAsItTells() : verdict(Status.TAMPERED, "the end", missed);
    }

    /** Everything that is there is as it was signed: whether anything is missing. */
    private Verdict asFarAsItTells() {
        if (entries == 0) {
            return verdict(Status.INCOMPLETE, "the end", "no entry is in it");
        }
        long known = growth.known();
        var restored = growth.departed().place(known);
        if (restored != null) {
            return verdict(Status.INCOMPLETE, restored, growth.departed().found(known));
        }
        var lost = resolved.place(known);
        if (lost != null) {
            return verdict(Status.INCOMPLETE, lost, resolved.found(known));
        }
        if (missingBodies > 0) {
            return verdict(Status.INCOMPLETE, "the end", missingBodies + " bodies are not there");
        }
        var stopped = interruptions.place();
        if (stopped != null) {
            return verdict(Status.INCOMPLETE, stopped, interruptions.found());
        }
        return verdict(Status.INTACT, "", "");
    }

    private Verdict verdict(Status status, String place, String found) {
        return new Verdict(
                status, entries, checkpoint == null ? 0 : checkpoint.size(), place, found);
    }
}
