// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.agent.cli.common.BaseCommand;
import dev.skein.agent.cli.common.CliWords;
import dev.skein.agent.cli.common.ReasonGiven;
import dev.skein.agent.cli.fleet.answer.AnswerReader;
import dev.skein.agent.cli.fleet.answer.ProposedRollout;
import dev.skein.agent.cli.fleet.answer.RollbackPreview;
import dev.skein.agent.cli.fleet.client.ApiClient;
import dev.skein.agent.cli.fleet.client.FleetOptions;
import dev.skein.agent.cli.fleet.client.ShortHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code skein rollout rollback}. */
@Command(
        name = "rollback",
        description =
                "Take a rollout back, or one wave or database of it. Shows the plan; without"
                        + " --reason that is all. Many databases need somebody else's approval.",
        footer = {
            "",
            "  skein rollout rollback billing-2026-11 --wave canary",
            "  skein rollout rollback billing-2026-11 -d eu/tenant_07 --way restore -r \"lost"
                    + " orders\""
        })
final class RollbackCommand extends BaseCommand {
    @Mixin private final FleetOptions fleet = new FleetOptions();
    @Mixin private final RolloutChoice rollout = new RolloutChoice();

    @Option(
            names = {"-r", "--reason"},
            paramLabel = "TEXT",
            converter = ReasonGiven.class,
            description = "Why; it is recorded. Without it nothing is done.")
    private @Nullable String reason;

    @Mixin private final RollbackWishes wishes = new RollbackWishes();

    @Override
    public Integer call() {
        try (var client = fleet.client()) {
            var uid = wishes.uid(client);
            if (reason == null) {
                show(client.get(rollout.path("/rollback-plan?" + wishes.query(uid))));
            } else {
                ask(client, wishes.body(reason, uid));
            }
        }
        return 0;
    }

    private void show(JsonNode answer) {
        if (isJson()) {
            out().json(answer);
            return;
        }
        var preview = AnswerReader.read(answer, RollbackPreview.class);
        out().result("What would be taken back of " + rollout.id() + ":");
        PlanText.lines(preview.plan()).forEach(out()::result);
        new ForecastText(out()).lines(preview.forecast()).forEach(out()::result);
        out().say("Do it: " + command(preview.seen()));
    }

    private void ask(ApiClient client, Map<String, Object> asked) {
        var answer = client.post(rollout.path("/rollback"), asked);
        if (isJson()) {
            out().json(answer);
            return;
        }
        var id = AnswerReader.read(answer, ProposedRollout.class).id();
        new PlanOutput(out(), false).print(client, id);
        out().say(
                        RolloutPaths.detail(client, id).status().equals("proposed")
                                ? "Somebody else has to approve it: "
                                        + fleet.hint("rollout", "approve", id)
                                : "It runs: " + fleet.hint("rollout", "watch", id));
    }

    /** This very plan, to be carried out: every option that was given. */
    private String command(String seen) {
        var words = new ArrayList<>(List.of("skein", "rollout", "rollback", rollout.id()));
        words.addAll(wishes.words());
        words.addAll(List.of("--plan", ShortHash.of(seen)));
        words.addAll(fleet.words());
        return CliWords.command(words.toArray(String[]::new)) + " --reason 'why'";
    }
}
