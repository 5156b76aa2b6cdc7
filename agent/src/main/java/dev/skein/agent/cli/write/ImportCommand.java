// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.write;

import dev.skein.agent.cli.common.BaseCommand;
import dev.skein.agent.cli.common.CliWords;
import dev.skein.agent.cli.convert.ProjectImport;
import dev.skein.agent.cli.convert.project.MigrationTool;
import dev.skein.agent.cli.place.ProjectOptions;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code skein import TOOL PATH}. */
@Command(
        name = "import",
        description = "Turn another tool's project into revisions; then adopt its databases.",
        footer = {
            "",
            "  skein import flyway src/main/resources/db/migration",
            "  skein adopt --all"
        })
public final class ImportCommand extends BaseCommand {
    @Mixin private final ProjectOptions project = new ProjectOptions();

    @Parameters(
            index = "0",
            paramLabel = "TOOL",
            description = "alembic, flyway, sqitch, diesel or folder.")
    private String tool;

    @Parameters(index = "1", paramLabel = "PATH", description = "The other tool's project.")
    private Path path;

    @Option(
            names = "--stubs",
            description =
                    "Where a migration cannot be taken over, write a revision to fill in, which"
                            + " fails until then.")
    private boolean stubs;

    @Override
    public Integer call() {
        var folder = project.folder().path();
        var result = ProjectImport.run(MigrationTool.named(tool), path, folder, stubs);
        if (isJson()) {
            out().json(result);
        } else {
            tell(result);
        }
        return 0;
    }

    private void tell(ProjectImport.Result result) {
        result.files().forEach(file -> out().result(file.toString()));
        result.notes().forEach(note -> out().say("Note: " + note));
        if (!result.stubs().isEmpty()) {
            var names = String.join(", ", result.stubs());
            out().say(out().bad("To be written") + ", and failing until then: " + names);
        }
        out().say(
                        out().good("Imported")
                                + " "
                                + CliWords.counted(result.files().size(), "revision")
                                + ". Next, for each database: skein adopt"
                                + (result.record() == null ? "" : " --record " + result.record()));
    }
}
