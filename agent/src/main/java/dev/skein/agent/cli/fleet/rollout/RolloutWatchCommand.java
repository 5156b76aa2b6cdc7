// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.agent.cli.common.BaseCommand;
import dev.skein.agent.cli.common.Durations;
import dev.skein.agent.cli.fleet.answer.AnswerReader;
import dev.skein.agent.cli.fleet.answer.RolloutDetail;
import dev.skein.agent.cli.fleet.answer.RolloutDetail.Wave;
import dev.skein.agent.cli.fleet.client.FleetOptions;
import dev.skein.agent.cli.fleet.client.PatientClient;
import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import java.time.Duration;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code skein rollout watch}. */
@Command(
        name = "watch",
        description =
                "Follow a rollout until it completes (0), halts or is aborted (1); 3 where the time"
                        + " to watch ends before. A control plane that restarts is waited for.")
final class RolloutWatchCommand extends BaseCommand {
    private static final Duration PERIOD = Duration.ofMillis(300);
    private static final Set<String> ENDS = Set.of("completed", "halted", "aborted");

    @Mixin private final FleetOptions fleet = new FleetOptions();

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
        try (var client = fleet.client()) {
            return watch(new PatientClient(client, out()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ErrorCode.INTERRUPTED.exitCode();
        }
    }

    private int watch(PatientClient client) throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        while (true) {
            var answer = client.look(RolloutPaths.of(id, ""));
            var rollout = answer.map(found -> AnswerReader.read(found, RolloutDetail.class));
            // What was drawn is above what is said of a restart.
            rollout.ifPresentOrElse(this::draw, () -> drawn = 0);
            var status = rollout.map(RolloutDetail::status).orElse("not known");
            if (answer.isPresent() && ENDS.contains(status)) {
                return ended(answer.get(), status);
            }
            if (System.nanoTime() > end) {
                throw late(status);
            }
            Thread.sleep(PERIOD);
        }
    }

    private SkeinException late(String status) {
        return new SkeinException(
                ErrorCode.BEHIND,
                "Rollout " + id,
                "it is " + status + " after " + timeout.toSeconds() + " s",
                "It goes on. See why it stands: skein rollout show " + id);
    }

    private int ended(JsonNode answer, String status) {
        if (isJson()) {
            out().json(answer);
        }
        return status.equals("completed") ? 0 : ErrorCode.FAILED.exitCode();
    }

    /** On a terminal the picture changes in its place; elsewhere every change is a new line. */
    private void draw(RolloutDetail rollout) {
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

    private static String plain(RolloutDetail rollout) {
        var line = new StringBuilder(rollout.id()).append(' ').append(rollout.status());
        rollout.waves().forEach(wave -> line.append("  ").append(plain(wave)));
        if (rollout.stalled() != null) {
            line.append("  stalled: ").append(rollout.stalled().reason());
        }
        return line.toString();
    }

    private static String plain(Wave wave) {
        return wave.name()
                + " "
                + wave.succeeded()
                + "/"
                + wave.planned()
                + (wave.failed() > 0 ? " (" + wave.failed() + " failed)" : "")
                + (wave.aside() > 0 ? " (" + wave.aside() + " set aside)" : "");
    }
}
