// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet;

import dev.skein.agent.cli.project.ProjectFile;
import dev.skein.engine.bundle.Bundle;
import dev.skein.engine.script.RevisionFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code skein push}. */
@Command(name = "push", description = "Send the revisions to the control plane as a bundle.")
public final class PushCommand extends FleetCommand {
    @Parameters(
            paramLabel = "DIR",
            arity = "0..1",
            description = "The revisions folder (default: as skein.yaml says).")
    private @Nullable Path directory;

    @Override
    public Integer call() {
        var bundle = Bundle.of(new RevisionFolder(folder()));
        try (var client = client()) {
            var pushed = client.postBundle(bundle.bytes(), bundle.digest());
            if (isJson()) {
                out().json(pushed);
            } else {
                out().result(bundle.digest());
                out().say(
                                "%d revisions, heads %s%s"
                                        .formatted(
                                                pushed.path("revisions").asInt(),
                                                String.join(", ", bundle.scripts().graph().heads()),
                                                pushed.path("isNew").asBoolean()
                                                        ? ""
                                                        : " (it was there already)"));
            }
        }
        return 0;
    }

    private Path folder() {
        if (directory != null) {
            return directory;
        }
        var file = Path.of(ProjectFile.NAME);
        return Files.exists(file) ? ProjectFile.read(file).revisions() : Path.of("revisions");
    }
}
