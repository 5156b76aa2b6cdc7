// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.rollout;

import dev.skein.agent.cli.common.BaseCommand;
import dev.skein.agent.cli.fleet.answer.AnswerReader;
import dev.skein.agent.cli.fleet.answer.ProposedRollout;
import dev.skein.agent.cli.fleet.client.ApiClient;
import dev.skein.agent.cli.fleet.client.FleetOptions;
import dev.skein.agent.cli.fleet.client.ShortHash;
import dev.skein.agent.cli.project.YamlNode;
import dev.skein.engine.FileTrouble;
import dev.skein.engine.SkeinException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code skein rollout create}: proposes. */
@Command(
        name = "create",
        description = "Propose a rollout from a YAML file; shows its plan.",
        footer = {
            "",
            "  skein rollout create rollout.yaml --bundle $(skein push)",
            "  ",
            "  A rollout.yaml:",
            "  ",
            "    rollout: billing-2026-11",
            "    bundle: sha256:...   what skein push printed, unless --bundle says it",
            "    to: heads",
            "    select: tier in (free, pro)",
            "    waves:",
            "      - { name: canary, take: 1 per site, soak: 10m }",
            "      - { name: rest, take: all, budget: 1%%, parallel: 50 }"
        })
final class RolloutCreateCommand extends BaseCommand {
    @Mixin private final FleetOptions fleet = new FleetOptions();

    @Parameters(paramLabel = "FILE", description = "What is asked for.")
    private Path file;

    @Option(
            names = "--bundle",
            paramLabel = "DIGEST",
            description = "The revisions (default: as the file says).")
    private @Nullable String bundle;

    @Override
    public Integer call() {
        var spec = spec();
        try (var client = fleet.client()) {
            var answer = client.post(RolloutPaths.ROLLOUTS, spec);
            var id = AnswerReader.read(answer, ProposedRollout.class).id();
            new PlanOutput(out(), isJson()).print(client, id);
            tellNext(client, id);
        }
        return 0;
    }

    private void tellNext(ApiClient client, String id) {
        var hash = ShortHash.of(RolloutPaths.plan(client, id).hash());
        var next = fleet.hint("rollout", "approve", id, "--plan", hash);
        out().say("Next: somebody else looks at it and agrees: " + next);
    }

    private Map<String, Object> spec() {
        var spec = YamlNode.read(file, text()).plain();
        if (bundle != null) {
            spec.put("bundle", bundle);
        }
        var digest = String.valueOf(spec.getOrDefault("bundle", ""));
        if (!digest.matches("sha256:[0-9a-f]{64}")) {
            throw SkeinException.usage(
                    file.toString(),
                    digest.isEmpty()
                            ? "it names no bundle of revisions"
                            : "the bundle '" + digest + "' is no whole digest",
                    "Send the revisions, and take what is printed: --bundle $(skein push)");
        }
        return spec;
    }

    private String text() {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw SkeinException.usage(
                    file.toString(),
                    "it cannot be read (" + FileTrouble.inWords(e) + ")",
                    "Check its name and permissions");
        }
    }
}
