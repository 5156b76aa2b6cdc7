// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.audit;

import dev.skein.agent.cli.common.BaseCommand;
import dev.skein.agent.cli.fleet.client.FleetOptions;
import dev.skein.engine.Digests;
import dev.skein.engine.SkeinException;
import dev.skein.engine.proof.Checkpoint;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code skein audit proof}. */
@Command(
        name = "proof",
        description = {
            "Print a short proof, to be verified by 'skein audit verify' without any service: that"
                    + " an entry is in the log, or that the log has only grown since a checkpoint."
        })
public final class AuditProofCommand extends BaseCommand {
    @Mixin private final FleetOptions fleet = new FleetOptions();

    @Parameters(arity = "0..1", paramLabel = "ENTRY", description = "The number of an entry.")
    private @Nullable Long index;

    @Option(
            names = "--since",
            paramLabel = "FILE",
            description = "A checkpoint from earlier, as 'skein audit checkpoint' printed it.")
    private @Nullable Path since;

    @Override
    public Integer call() {
        var asked = path();
        var text = new ByteArrayOutputStream();
        try (var client = fleet.auditClient()) {
            client.download(asked, text);
        }
        var proof = text.toString(StandardCharsets.UTF_8);
        if (isJson()) {
            out().json(proof);
        } else {
            out().result(proof.stripTrailing());
        }
        return 0;
    }

    private String path() {
        if (index != null && since == null) {
            return "/api/audit/entries/" + index + "/proof";
        }
        if (since != null && index == null) {
            var then = Checkpoint.read(AuditVerifyCommand.note(since));
            return "/api/audit/consistency?from=%d&root=%s"
                    .formatted(then.size(), Digests.hex(then.root()));
        }
        throw SkeinException.usage(
                "Proof",
                index == null ? "of nothing" : "of an entry and of a checkpoint at once",
                "Name an entry's number, or --since FILE");
    }
}
