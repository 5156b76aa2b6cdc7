// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.write;

import dev.skein.agent.cli.common.BaseCommand;
import dev.skein.agent.cli.project.ProjectFile;
import dev.skein.engine.ErrorCode;
import dev.skein.engine.FileTrouble;
import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.DatabaseAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code skein init}. */
@Command(
        name = "init",
        description = "Make a project: skein.yaml and a revisions folder.",
        footer = {
            "",
            "  skein init shop --url postgresql://me@localhost/shop",
            "  cd shop && skein revision -m \"create users\""
        })
public final class InitCommand extends BaseCommand {
    @Parameters(paramLabel = "DIR", arity = "0..1", defaultValue = ".", description = "Where.")
    private Path directory;

    @Option(names = "--url", paramLabel = "URL", description = "The first database.")
    private @Nullable String url;

    @Override
    public Integer call() {
        var file = directory.resolve(ProjectFile.NAME);
        var text = text(); // before anything is written: the url may be wrong
        if (Files.exists(file)) {
            throw SkeinException.usage(
                    file.toString(), "it exists already", "Edit it, or choose another folder");
        }
        write(file, text);
        out().say("Made " + file + ". Next: skein revision -m \"create the first table\"");
        return 0;
    }

    private void write(Path file, String text) {
        try {
            Files.createDirectories(directory.resolve("revisions"));
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new SkeinException(
                    ErrorCode.FAILED,
                    file.toString(),
                    "it cannot be written (" + FileTrouble.inWords(e) + ")",
                    "Check the folder's permissions",
                    e);
        }
    }

    private String text() {
        var address =
                DatabaseAddress.parse(url == null ? "postgresql://postgres@localhost/app" : url);
        if (address.password() != null) {
            out().say("The password is not written down: set PGPASSWORD, or use ~/.pgpass.");
        }
        return """
        revisions: revisions
        databases:
          dev:
            url: %s
            # password: env:NAME, or file:PATH (else PGPASSWORD, ~/.pgpass)
        """
                .formatted(address.url());
    }
}
