// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.write;

import dev.skein.agent.cli.common.Output;
import dev.skein.agent.cli.trial.DesiredSchema;
import dev.skein.engine.ErrorCode;
import dev.skein.engine.FileTrouble;
import dev.skein.engine.SkeinException;
import dev.skein.engine.generate.Autogenerate;
import dev.skein.engine.generate.RevisionProposal;
import dev.skein.engine.generate.UnprovenRevision;
import dev.skein.engine.generate.UnqualifiedNames;
import dev.skein.engine.revision.Revision;
import dev.skein.engine.revision.RevisionId;
import dev.skein.engine.scratch.ScratchServer;
import dev.skein.engine.script.RevisionFolder;
import dev.skein.engine.script.ScriptWriter;
import dev.skein.engine.script.Scripts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Generates revisions and writes their files: all of them or none. */
final class RevisionGenerator {
    private static final Pattern PART = Pattern.compile("(.*), part (\\d+)");

    private final RevisionFolder folder;
    private final Scripts scripts;
    private final Output out;

    RevisionGenerator(RevisionFolder folder, Scripts scripts, Output out) {
        this.folder = folder;
        this.scripts = scripts;
        this.out = out;
    }

    /**
     * How they shall be.
     *
     * @param renames what has another name now
     * @param allowLoss whether what loses data may be among them
     * @param unqualified whether names go without the schema
     */
    record Wishes(List<String> renames, boolean allowLoss, boolean unqualified) {
        UnaryOperator<String> naming() {
            return unqualified ? UnqualifiedNames::of : UnaryOperator.identity();
        }
    }

    /** The revisions that are missing. */
    List<RevisionProposal> propose(
            ScratchServer server,
            Revision first,
            DesiredSchema desired,
            Wishes wishes,
            Duration bound) {
        try (var database = server.database()) {
            out.working("Making the desired schema");
            desired.load(database, bound);
            var proposals =
                    new Autogenerate(server, scripts, bound, wishes.naming(), out::working)
                            .propose(
                                    first,
                                    RevisionGenerator::following,
                                    database,
                                    wishes.renames());
            out.worked();
            var losses = proposals.stream().flatMap(p -> p.losses().stream()).toList();
            if (!losses.isEmpty() && !wishes.allowLoss()) {
                throw SkeinException.usage(
                        "Generated revision",
                        "it loses " + String.join(", ", losses),
                        "Say --allow-loss if that is meant; or --rename 'old -> new' if it has"
                                + " another name now");
            }
            return proposals;
        } catch (UnprovenRevision e) {
            out.worked();
            out.say(e.draft());
            throw e;
        }
    }

    private static Revision following(Revision before) {
        return new Revision(
                RevisionId.random(),
                List.of(before.id()),
                List.of(),
                List.of(),
                next(before.message()),
                before.created().plusSeconds(1));
    }

    /** "…, part 2" after the first, and so on. */
    private static String next(String message) {
        var parts = PART.matcher(message);
        return parts.matches()
                ? parts.group(1) + ", part " + (Integer.parseInt(parts.group(2)) + 1)
                : message + ", part 2";
    }

    List<Path> write(List<RevisionProposal> proposals) {
        var written = new ArrayList<Path>();
        try {
            for (var proposal : proposals) {
                var path = folder.path().resolve(ScriptWriter.fileName(proposal.revision()));
                var part = path.resolveSibling(path.getFileName() + ".part");
                written.add(part);
                Files.writeString(part, proposal.text(), StandardOpenOption.CREATE_NEW);
            }
            return inPlace(written);
        } catch (IOException e) {
            written.forEach(RevisionGenerator::remove);
            throw new SkeinException(
                    ErrorCode.FAILED,
                    "Revisions folder " + folder.path(),
                    "the generated revision cannot be written (" + FileTrouble.inWords(e) + ")",
                    "Check its permissions; nothing was left there",
                    e);
        }
    }

    /** Gives the files their names; one that cannot have its own takes the others along. */
    private static List<Path> inPlace(List<Path> parts) throws IOException {
        var paths = new ArrayList<Path>();
        try {
            for (var part : parts) {
                var name = part.getFileName().toString();
                var path = part.resolveSibling(name.substring(0, name.length() - ".part".length()));
                Files.move(part, path);
                paths.add(path);
            }
            return paths;
        } catch (IOException e) {
            paths.forEach(RevisionGenerator::remove);
            throw e;
        }
    }

    private static void remove(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            System.getLogger(RevisionGenerator.class.getName())
                    .log(System.Logger.Level.WARNING, "{0} stays: {1}", path, e.getMessage());
        }
    }
}
