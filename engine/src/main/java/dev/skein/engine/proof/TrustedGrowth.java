// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.proof;

import dev.skein.engine.proof.Verdict.Status;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * That a log has grown from a checkpoint of earlier, or tells by itself that it went back behind
 * it.
 */
final class TrustedGrowth {
    private final @Nullable Checkpoint trusted;
    private final DepartedCheckpoints departed;
    private boolean seen;

    /** That it did not grow from the trusted checkpoint; null as long as it may have. */
    private @Nullable Verdict otherwise;

    /**
     * @param trusted null where there is none
     */
    TrustedGrowth(NoteKey key, @Nullable Checkpoint trusted) {
        this.trusted = trusted;
        this.departed = new DepartedCheckpoints(key);
    }

    /** Takes a signed checkpoint of the log. */
    void hear(Checkpoint read) {
        VerificationEnded.require(
                trusted == null || trusted.origin().equals(read.origin()),
                "the checkpoint from earlier is of another log");
    }

    /** Takes an entry. */
    void hear(long index, String source, byte[] envelope) {
        departed.hear(index, source, envelope);
    }

    /** Looks at the log as far as it was read. */
    void look(MerkleFrontier frontier, Function<String, Verdict> verdict) {
        if (trusted != null && frontier.size() == trusted.size()) {
            seen = Arrays.equals(frontier.root(), trusted.root());
            if (!seen) { // it may tell, further on, that it does not
                var found = "the log is not the one that the checkpoint from earlier was of";
                otherwise = verdict.apply(found);
            }
        }
    }

    /** What a verdict on the rest comes to. */
    Verdict settled(Verdict verdict) {
        var other = otherwise;
        if (other == null || verdict.status() == Status.TAMPERED) {
            return verdict;
        }
        return trusted != null && departed.isAbout(trusted.size()) ? verdict : other;
    }

    /** What is the matter with a whole log that ended without it; null for nothing. */
    @Nullable String missed() {
        return trusted != null && trusted.size() > 0 && !seen && !departed.isAbout(trusted.size())
                ? "the log had " + trusted.size() + " entries when the other checkpoint was signed"
                : null;
    }

    /** How many entries are known to be there still. */
    long known() {
        return trusted != null && seen ? trusted.size() : 0;
    }

    DepartedCheckpoints departed() {
        return departed;
    }
}
