// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.audit;

import dev.skein.agent.cli.common.BaseCommand;
import dev.skein.agent.cli.fleet.client.ApiClient;
import dev.skein.agent.cli.fleet.client.FleetOptions;
import dev.skein.engine.ErrorCode;
import dev.skein.engine.FileTrouble;
import dev.skein.engine.SkeinException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code skein audit export}. */
@Command(
        name = "export",
        description =
                "Write the log, or the entries that are named with a proof of each, as a file that"
                        + " 'skein audit verify' takes without any service.")
public final class AuditExportCommand extends BaseCommand {
    @Mixin private final FleetOptions fleet = new FleetOptions();
    @Mixin private final AuditFilter filter = new AuditFilter();

    @Option(names = "--entry", paramLabel = "N", description = "Only this one.")
    private @Nullable Long index;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to (default: standard output).")
    private @Nullable Path output;

    @Override
    public Integer call() {
        var query = filter.query(fleet) + (index == null ? "" : "&index=" + index);
        try (var client = fleet.auditClient()) {
            var path = "/api/audit/export?" + query;
            if (output == null) {
                client.download(path, System.out);
            } else {
                write(client, path, output);
                out().say("Wrote " + output + " (" + size(output) + " bytes)");
            }
        }
        return 0;
    }

    /** Under another name until it is whole. */
    private static void write(ApiClient client, String path, Path file) {
        var part = file.resolveSibling(file.getFileName() + ".part");
        try {
            try (OutputStream to = Files.newOutputStream(part)) {
                client.download(path, to);
            }
            Files.move(part, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new SkeinException(
                    ErrorCode.FAILED,
                    file.toString(),
                    "it cannot be written (" + FileTrouble.inWords(e) + ")",
                    "Choose another place",
                    e);
        }
    }

    private static long size(Path file) {
        return file.toFile().length();
    }
}
