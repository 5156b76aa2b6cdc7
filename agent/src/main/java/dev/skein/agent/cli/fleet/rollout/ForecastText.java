// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.rollout;

import dev.skein.agent.cli.common.CliWords;
import dev.skein.agent.cli.common.Output;
import dev.skein.agent.cli.fleet.answer.RollbackPreview.Forecast;
import dev.skein.agent.cli.fleet.answer.RollbackPreview.Loss;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a rollback would take and lose, for people. */
final class ForecastText {
    private final Output out;

    ForecastText(Output out) {
        this.out = out;
    }

    List<String> lines(Forecast forecast) {
        var lines = new ArrayList<String>();
        if (forecast.millis() != null) {
            lines.add("  takes about %.1f s".formatted(forecast.millis() / 1000.0));
        }
        forecast.losses().forEach(loss -> lines.add(out.bad(loss(loss))));
        known(forecast).ifPresent(lines::add);
        forecast.problems().forEach(problem -> lines.add("    " + problem));
        return lines;
    }

    private static String loss(Loss loss) {
        return "  would be lost: %s%d rows of %s, in %s"
                .formatted(
                        loss.exact() ? "" : "about ",
                        loss.rows(),
                        loss.subject(),
                        CliWords.counted(loss.databases(), "database"));
    }

    /** How much of it is known. */
    private Optional<String> known(Forecast forecast) {
        int asked = forecast.concerned();
        int missing = asked - forecast.answered();
        if (!forecast.unknown().isEmpty()) {
            return Optional.of(
                    out.bad("  what would be lost is not known: nobody has rehearsed ")
                            + String.join(", ", forecast.unknown()));
        }
        if (asked == 0) {
            return Optional.of("  nothing is lost: the way back drops no table and no column");
        }
        if (missing > 0) {
            return Optional.of(out.bad(unknown(missing, asked)));
        }
        var all = "  nothing written since would be lost: asked ";
        return forecast.losses().isEmpty()
                ? Optional.of(all + CliWords.counted(asked, "database"))
                : Optional.empty();
    }

    private static String unknown(int missing, int asked) {
        return "  what %d of %d databases would lose is not known".formatted(missing, asked);
    }
}
