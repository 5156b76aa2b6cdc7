// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet;

import dev.skein.agent.cli.common.BaseCommand;
import dev.skein.agent.cli.common.CliWords;
import dev.skein.agent.cli.fleet.answer.AnswerReader;
import dev.skein.agent.cli.fleet.answer.PushedBundle;
import dev.skein.agent.cli.fleet.answer.TakenEvidence;
import dev.skein.agent.cli.fleet.client.ApiClient;
import dev.skein.agent.cli.fleet.client.FleetOptions;
import dev.skein.agent.cli.project.ProjectFile;
import dev.skein.engine.FileTrouble;
import dev.skein.engine.Json;
import dev.skein.engine.SkeinException;
import dev.skein.engine.bundle.Bundle;
import dev.skein.engine.event.RehearsalEvidence;
import dev.skein.engine.script.RevisionFolder;
import dev.skein.engine.script.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code skein push}. */
@Command(name = "push", description = "Send the revisions to the control plane as a bundle.")
public final class PushCommand extends BaseCommand {
    @Mixin private final FleetOptions fleet = new FleetOptions();

    @Parameters(
            paramLabel = "DIR",
            arity = "0..1",
            description = "The revisions folder (default: as skein.yaml says).")
    private @Nullable Path directory;

    @Option(
            names = "--evidence",
            paramLabel = "FILE",
            description = "What 'skein rehearse --json' printed of these revisions.")
    private @Nullable Path evidence;

    @Override
    public Integer call() {
        var bundle = Bundle.of(new RevisionFolder(folder()));
        bundle.refuseMisfits();
        var shown = evidence == null ? null : evidence(evidence, bundle);
        try (var client = fleet.client()) {
            var answer = client.postBundle(bundle.bytes(), bundle.digest());
            if (shown != null) {
                send(client, shown);
            }
            if (isJson()) {
                out().json(answer);
            } else {
                tell(bundle, AnswerReader.read(answer, PushedBundle.class));
            }
        }
        return 0;
    }

    private void send(ApiClient client, RehearsalEvidence shown) {
        var answer = client.post("/api/evidence", shown);
        var taken = AnswerReader.read(answer, TakenEvidence.class).revisions();
        out().say("Evidence on " + CliWords.counted(taken, "revision"));
    }

    private void tell(Bundle bundle, PushedBundle pushed) {
        out().result(bundle.digest());
        out().say(
                        "%s, heads %s%s"
                                .formatted(
                                        CliWords.counted(pushed.revisions(), "revision"),
                                        String.join(", ", bundle.scripts().graph().heads()),
                                        pushed.isNew() ? "" : " (it was there already)"));
    }

    /** Evidence on other files than are pushed would be worth nothing: it is refused here. */
    private static RehearsalEvidence evidence(Path file, Bundle bundle) {
        var evidence = Json.read(read(file), RehearsalEvidence.class);
        var known =
                bundle.scripts().all().stream().map(Script::checksum).collect(Collectors.toSet());
        for (var one : evidence.revisions()) {
            if (!known.contains(one.checksum())) {
                throw SkeinException.usage(
                        file.toString(),
                        "it is about another revision " + one.revision() + " than the one here",
                        "Rehearse it again: skein rehearse --json");
            }
        }
        return evidence;
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw SkeinException.usage(
                    file.toString(),
                    "it cannot be read (" + FileTrouble.inWords(e) + ")",
                    "Write it: skein rehearse --json > " + file);
        }
    }

    private Path folder() {
        if (directory != null) {
            return directory;
        }
        var file = Path.of(ProjectFile.NAME);
        return Files.exists(file) ? ProjectFile.read(file).revisions() : Path.of("revisions");
    }
}
