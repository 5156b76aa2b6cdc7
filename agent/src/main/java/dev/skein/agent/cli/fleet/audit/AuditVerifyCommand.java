// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.audit;

import dev.skein.agent.cli.common.BaseCommand;
import dev.skein.engine.FileTrouble;
import dev.skein.engine.SkeinException;
import dev.skein.engine.proof.Checkpoint;
import dev.skein.engine.proof.LogVerifier;
import dev.skein.engine.proof.NoteKey;
import dev.skein.engine.proof.Verdict;
import dev.skein.engine.proof.Verdict.Status;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code skein audit verify}. */
@Command(
        name = "verify",
        description = "Verify an export or a proof from the file alone, without any service.",
        footer = {
            "",
            "Exit codes: 0 intact, 1 tampered with, 2 wrong usage, 3 incomplete, 4 signed by an"
                    + " unknown key."
        })
public final class AuditVerifyCommand extends BaseCommand {
    @Parameters(paramLabel = "FILE", description = "What 'skein audit export' or 'proof' wrote.")
    private Path file;

    @Option(names = "--whole", description = "Take a part of a log for incomplete.")
    private boolean whole;

    @Option(
            names = "--key",
            paramLabel = "KEY|FILE",
            required = true,
            description = "Whose signature you trust, as 'skein audit key' printed it.")
    private String key;

    @Option(
            names = "--since",
            paramLabel = "FILE",
            description =
                    "A checkpoint from earlier, as 'skein audit checkpoint' printed it: the log"
                            + " must have grown from it.")
    private @Nullable Path since;

    @Override
    public Integer call() {
        var signer = verifierKey();
        var trusted = since == null ? null : trusted(since);
        try (var in = new BufferedInputStream(Files.newInputStream(file))) {
            var proof = ShortProof.in(in, file);
            var verdict =
                    proof == null
                            ? export(in, signer, trusted)
                            : proof.verify(signer, trusted, whole, out(), isJson());
            return verdict.status().exitCode();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private Verdict export(InputStream in, NoteKey signer, @Nullable Checkpoint trusted)
            throws IOException {
        var verifier = new LogVerifier(signer, trusted);
        Verdict verdict;
        try {
            verdict = verifier.verify(in, n -> out().working("Verified " + n + " entries"));
        } finally {
            out().worked();
        }
        if (whole && verdict.status() == Status.INTACT && verdict.entries() < verdict.size()) {
            verdict = partOnly(verdict);
        }
        tell(verdict);
        return verdict;
    }

    /** What is asked to be the whole log, and is a part of it. */
    static Verdict partOnly(Verdict of) {
        return new Verdict(
                Status.INCOMPLETE, of.entries(), of.size(), "the whole", "it is a part of a log");
    }

    private void tell(Verdict verdict) {
        var word = verdict.status().words();
        if (isJson()) {
            out().json(verdict);
        } else if (verdict.status() == Status.INTACT) {
            tellIntact(verdict);
        } else {
            out().result(out().bad(word) + ": " + verdict.place() + ": " + verdict.found());
            out().result(
                            "%d entries came before it; a log of %d entries was verified"
                                    .formatted(verdict.entries(), verdict.size()));
        }
    }

    private void tellIntact(Verdict verdict) {
        var whole = verdict.entries() == verdict.size();
        out().result(
                        out().good(verdict.status().words())
                                + ": %s%d entries, as signed in a log of %d"
                                        .formatted(
                                                whole ? "all " : "",
                                                verdict.entries(),
                                                verdict.size()));
        if (!whole) {
            out().say("It is a part: nothing shows that it has all that was asked for.");
        }
    }

    private NoteKey verifierKey() {
        var path = Path.of(key);
        try {
            return NoteKey.parse(Files.isRegularFile(path) ? Files.readString(path) : key);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /** It must be signed, too: otherwise anybody could have written it. */
    private Checkpoint trusted(Path path) {
        var note = note(path);
        if (!Checkpoint.isSigned(note, verifierKey()).orElse(false)) {
            throw SkeinException.usage(
                    "Checkpoint " + path, "it is not signed with this key", "Name another");
        }
        return Checkpoint.read(note);
    }

    /** A checkpoint's file, as 'skein audit checkpoint' printed it. */
    static String note(Path path) {
        try {
            return Files.readString(path).stripTrailing() + "\n";
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    static SkeinException unreadable(Path path, IOException e) {
        return SkeinException.usage(
                path.toString(),
                "it cannot be read (" + FileTrouble.inWords(e) + ")",
                "Check its name and permissions");
    }
}
