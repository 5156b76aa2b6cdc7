// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.agent.cli.Out;
import dev.skein.engine.Json;
import dev.skein.engine.SkeinException;
import dev.skein.engine.proof.Checkpoint;
import dev.skein.engine.proof.EntryProof;
import dev.skein.engine.proof.GrowthProof;
import dev.skein.engine.proof.NoteKey;
import dev.skein.engine.proof.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A proof of one entry, or of a log's growth, as {@code skein audit proof} prints them. */
record ShortProof(String text) {
    /** A proof has a hash for each level of a tree, and at most one entry. */
    private static final int LARGEST = 1 << 20;

    /** What a verification came to; of an entry, with what that says. */
    private record Shown(
            @JsonUnwrapped Verdict verdict, @Nullable Long index, @Nullable String says) {}

    /** The proof in a file; null where it is something else. */
    static @Nullable ShortProof in(Path file) {
        try (var in = Files.newInputStream(file)) {
            var text = new String(in.readNBytes(LARGEST), StandardCharsets.UTF_8);
            var isOne = text.startsWith(EntryProof.FIRST) || text.startsWith(GrowthProof.FIRST);
            return isOne ? new ShortProof(text) : null;
        } catch (IOException e) {
            throw AuditVerifyCommand.unreadable(file, e);
        }
    }

    Verdict verify(NoteKey key, @Nullable Checkpoint since, Out out, boolean json) {
        var shown = text.startsWith(EntryProof.FIRST) ? entry(key, since) : growth(key, since);
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

    private static void tell(Shown shown, @Nullable Checkpoint since, Out out) {
        var verdict = shown.verdict();
        var word = verdict.status().words();
        if (verdict.status() != Verdict.Status.INTACT) {
            out.result(out.bad(word) + ": " + verdict.place() + ": " + verdict.found());
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

    private static void says(String entry, Out out) {
        try {
            Json.read(entry, JsonNode.class)
                    .properties()
                    .forEach(p ->
                            out.result("  %-12s %s".formatted(p.getKey(), words(p.getValue()))));
        } catch (SkeinException e) {
            out.result("  " + entry); // it is proven, whatever it is
        }
    }

    private static String words(JsonNode value) {
        return value.isTextual() ? value.asText() : value.toString();
    }
}
