// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.audit;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.agent.cli.common.Output;
import dev.skein.engine.Json;
import dev.skein.engine.SkeinException;
import dev.skein.engine.proof.Checkpoint;
import dev.skein.engine.proof.EntryProof;
import dev.skein.engine.proof.GrowthProof;
import dev.skein.engine.proof.NoteKey;
import dev.skein.engine.proof.Verdict;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A proof of one entry, or of a log's growth, as {@code skein audit proof} prints them. */
record ShortProof(String text) {
    /** An entry, and a hash for each level of a tree. */
    private static final int LARGEST = 8 << 20;

    private static final int BEGINNING_BYTES = 64;

    /** What a verification came to; of an entry, with what that says. */
    private record Shown(
            @JsonUnwrapped Verdict verdict, @Nullable Long index, @Nullable String says) {}

    /** The proof in a file; null, nothing being read of it, where it is something else. */
    static @Nullable ShortProof in(BufferedInputStream in, Path file) throws IOException {
        in.mark(BEGINNING_BYTES);
        var beginning = new String(in.readNBytes(BEGINNING_BYTES), StandardCharsets.UTF_8);
        in.reset();
        if (!EntryProof.isOne(beginning) && !GrowthProof.isOne(beginning)) {
            return null;
        }
        var bytes = in.readNBytes(LARGEST + 1);
        if (bytes.length > LARGEST) {
            throw SkeinException.usage(
                    "Proof " + file, "it is longer than " + LARGEST + " bytes", "Name another");
        }
        return new ShortProof(new String(bytes, StandardCharsets.UTF_8));
    }

    /**
     * Verifies it and tells what came of it.
     *
     * @param whole whether a part of a log is not enough
     */
    Verdict verify(
            NoteKey key, @Nullable Checkpoint since, boolean whole, Output out, boolean json) {
        var shown = EntryProof.isOne(text) ? entry(key, since) : growth(key, since);
        if (whole && shown.verdict().status() == Verdict.Status.INTACT) {
            shown = new Shown(AuditVerifyCommand.partOnly(shown.verdict()), null, null);
        }
        if (json) {
            out.json(shown);
        } else {
            tell(shown, since, out);
        }
        return shown.verdict();
    }

    private Shown entry(NoteKey key, @Nullable Checkpoint since) {
        if (since != null) {
            throw SkeinException.usage(
                    "Proof of an entry",
                    "it does not show how the log has grown",
                    "Verify it without --since, and the growth by: skein audit proof --since FILE");
        }
        var proven = EntryProof.verify(text, key);
        var entry = proven.entry();
        return entry == null
                ? new Shown(proven.verdict(), null, null)
                : new Shown(
                        proven.verdict(),
                        proven.index(),
                        new String(entry, StandardCharsets.UTF_8));
    }

    private Shown growth(NoteKey key, @Nullable Checkpoint since) {
        if (since == null) {
            throw SkeinException.usage(
                    "Proof of a log's growth",
                    "there is nothing to hold it against",
                    "Name the checkpoint from earlier: --since FILE");
        }
        return new Shown(GrowthProof.verify(text, key, since), null, null);
    }

    private static void tell(Shown shown, @Nullable Checkpoint since, Output out) {
        var verdict = shown.verdict();
        var word = verdict.status().words();
        if (verdict.status() != Verdict.Status.INTACT) {
            out.result(out.bad(word) + ": " + verdict.place() + ": " + verdict.found());
            if (since != null && verdict.status() == Verdict.Status.TAMPERED) {
                out.say("Had it been restored, an export would tell: skein audit export, verify");
            }
        } else if (since != null) {
            out.result(
                    "%s: the log of %d entries begins with the %d of the checkpoint from earlier"
                            .formatted(out.good(word), verdict.size(), since.size()));
        } else {
            out.result(
                    "%s: entry %d, as signed in a log of %d entries, says"
                            .formatted(out.good(word), shown.index(), verdict.size()));
            says(String.valueOf(shown.says()), out);
        }
    }

    private static void says(String entry, Output out) {
        try {
            EntryText.lines(Json.read(entry, JsonNode.class)).forEach(out::result);
        } catch (SkeinException e) {
            out.result("  " + EntryText.escaped(entry)); // it is proven, whatever it is
        }
    }
}
