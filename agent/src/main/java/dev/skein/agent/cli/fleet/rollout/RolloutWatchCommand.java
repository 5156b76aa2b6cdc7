// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.agent.cli.common.Durations;
import dev.skein.agent.cli.fleet.client.FleetCommand;
import dev.skein.agent.cli.fleet.client.PatientClient;
import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import java.time.Duration;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code skein rollout watch}. */
@Command(
        name = "watch",
        description =
                "Follow a rollout until it completes (0), halts or is aborted (1); 3 where the time"
                        + " to watch ends before. A control plane that restarts is waited for.")
final class RolloutWatchCommand extends FleetCommand {
    private static final Duration PERIOD = Duration.ofMillis(300);
    private static final Set<String> ENDS = Set.of("completed", "halted", "aborted");

    @Parameters(paramLabel = "ROLLOUT", description = "Its name.")
    private String id;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS|TIME",
            defaultValue = "1d",
            converter = Durations.Seconds.class,
            description = "Give up watching after so long (default: ${DEFAULT-VALUE}).")
    private Duration timeout;

    private int drawn;
    private String last = "";

    @Override
    public Integer call() {
        long end = System.nanoTime() + timeout.toNanos();
        try (var client = client()) {
            var patient = new PatientClient(client, out());
            while (true) {
                var rollout = patient.look(RolloutCommand.path(id, ""));
                // What was drawn is above what is said of a restart.
                rollout.ifPresentOrElse(this::draw, () -> drawn = 0);
                var status = rollout.map(r -> r.path("status").asText()).orElse("not known");
                if (rollout.isPresent() && ENDS.contains(status)) {
                    return ended(rollout.get(), status);
                }
                if (System.nanoTime() > end) {
                    throw late(status);
                }
                Thread.sleep(PERIOD);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ErrorCode.INTERRUPTED.exitCode();
        }
    }

    private SkeinException late(String status) {
        return new SkeinException(
                ErrorCode.BEHIND,
                "Rollout " + id,
                "it is " + status + " after " + timeout.toSeconds() + " s",
                "It goes on. See why it stands: skein rollout show " + id);
    }

    private int ended(JsonNode rollout, String status) {
        if (isJson()) {
            out().json(rollout);
        }
        return status.equals("completed") ? 0 : ErrorCode.FAILED.exitCode();
    }

    /** On a terminal the picture changes in its place; elsewhere every change is a new line. */
    private void draw(JsonNode rollout) {
        var lines = new RolloutText(out()).lines(rollout);
        var text = String.join("\n", lines) + "\n";
        if (text.equals(last)) {
            return;
        }
        last = text;
        if (out().isTerminal()) {
            out().redraw(drawn, text);
            drawn = lines.size();
        } else {
            out().say(plain(rollout));
        }
    }

    private static String plain(JsonNode rollout) {
        var line = new StringBuilder(rollout.path("id").asText());
        line.append(' ').append(rollout.path("status").asText());
        for (var wave : rollout.path("waves")) {
            line.append("  ").append(wave.path("name").asText()).append(' ');
            line.append(wave.path("succeeded").asInt()).append('/');
            line.append(wave.path("planned").asInt());
            if (wave.path("failed").asInt() > 0) {
                line.append(" (").append(wave.path("failed").asInt()).append(" failed)");
            }
            if (wave.path("aside").asInt() > 0) {
                line.append(" (").append(wave.path("aside").asInt()).append(" set aside)");
            }
        }
        if (rollout.path("stalled").isObject()) {
            line.append("  stalled: ").append(rollout.path("stalled").path("reason").asText());
        }
        return line.toString();
    }
}
