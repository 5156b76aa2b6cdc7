// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.rollout;

import dev.skein.agent.cli.common.CliWords;
import dev.skein.agent.cli.common.PositiveCount;
import dev.skein.agent.cli.common.ReasonGiven;
import dev.skein.agent.cli.fleet.client.ApiClient;
import dev.skein.agent.cli.fleet.client.FleetName;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
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
final class RollbackCommand extends RolloutCommand.OnOne {
    @Option(
            names = {"-r", "--reason"},
            paramLabel = "TEXT",
            converter = ReasonGiven.class,
            description = "Why; it is recorded. Without it nothing is done.")
    private @Nullable String reason;

    @Option(names = "--wave", paramLabel = "NAME", description = "Only this wave's databases.")
    private @Nullable String wave;

    @Option(
            names = {"-d", "--database"},
            paramLabel = FleetName.LABEL,
            description = "Only this database.")
    private @Nullable String database;

    private @Nullable String uid;

    @Option(
            names = "--way",
            paramLabel = "downgrade|restore",
            description =
                    "By the revisions' downgrades, or by the backup from before (default: the"
                            + " downgrade where nothing is known against it).")
    private @Nullable String way;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            converter = PositiveCount.class,
            description = "So many databases at a time.")
    private @Nullable Integer parallel;

    @Option(
            names = "--plan",
            paramLabel = "HASH",
            description = "The plan that you looked at: another one is refused.")
    private @Nullable String seen;

    @Override
    public Integer call() {
        try (var client = client()) {
            uid = database == null ? null : named(client, database);
            if (reason == null) {
                var plan = client.get(RolloutCommand.path(id(), "/rollback-plan?" + query()));
                if (isJson()) {
                    out().json(plan);
                } else {
                    out().result("What would be taken back of " + id() + ":");
                    RolloutPlanCommand.show(this, plan.path("plan"));
                    new ForecastText(out()).lines(plan.path("forecast")).forEach(out()::result);
                    out().say("Do it: " + command(plan.path("seen").asText()));
                }
                return 0;
            }
            var asked = client.post(RolloutCommand.path(id(), "/rollback"), body(reason));
            var rollback = asked.path("id").asText();
            if (isJson()) {
                out().json(asked);
                return 0;
            }
            RolloutPlanCommand.show(this, client, rollback);
            var status = client.get(RolloutCommand.path(rollback, "")).path("status").asText();
            out().say(
                            status.equals("proposed")
                                    ? "Somebody else has to approve it: "
                                            + hint("rollout", "approve", rollback)
                                    : "It runs: " + hint("rollout", "watch", rollback));
        }
        return 0;
    }

    /** This very plan, to be carried out: every option that was given. */
    private String command(String seen) {
        var words = new ArrayList<>(List.of("skein", "rollout", "rollback", id()));
        option(words, "--wave", wave);
        option(words, "--database", database);
        option(words, "--way", way);
        option(words, "--parallel", parallel);
        option(words, "--plan", shortHash(seen));
        option(words, "--profile", profile().equals("default") ? null : profile());
        return CliWords.command(words.toArray(String[]::new)) + " --reason 'why'";
    }

    /** A plain name is one of the rollout's, of which there may be fewer than in the fleet. */
    private static String named(ApiClient client, String database) {
        return database.contains("/") ? FleetName.parse(database).uid(client) : database;
    }

    private static void option(List<String> words, String name, @Nullable Object value) {
        if (value != null) {
            words.addAll(List.of(name, value.toString()));
        }
    }

    private Map<String, Object> body(String because) {
        var body = new LinkedHashMap<String, Object>();
        body.put("reason", because);
        if (wave != null) {
            body.put("wave", wave);
        }
        if (uid != null) {
            body.put("database", uid);
        }
        if (way != null) {
            body.put("way", way);
        }
        if (parallel != null) {
            body.put("parallel", parallel);
        }
        if (seen != null) {
            body.put("seen", seen);
        }
        return body;
    }

    private String query() {
        return (wave == null ? "" : "wave=" + encoded(wave) + "&")
                + (uid == null ? "" : "database=" + encoded(uid) + "&")
                + (way == null ? "" : "way=" + encoded(way));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
