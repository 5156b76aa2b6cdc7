// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.rollout;

import dev.skein.agent.cli.common.Output;
import dev.skein.agent.cli.fleet.answer.RolloutDetail.Wave;

/** How far a wave is, as a bar and in numbers. */
record WaveBar(Output out) {
    private static final int WIDTH = 30;

    String line(Wave wave) {
        var text =
                "  %-8s %s %d of %d done, %d running"
                        .formatted(
                                wave.name(),
                                bar(wave),
                                wave.succeeded(),
                                wave.planned(),
                                wave.open());
        return text
                + (wave.failed() == 0 ? "" : ", " + out.bad(wave.failed() + " failed"))
                + (wave.aside() == 0 ? "" : ", " + wave.aside() + " set aside");
    }

    private String bar(Wave wave) {
        int planned = wave.planned();
        int full = planned == 0 ? 0 : wave.succeeded() * WIDTH / planned;
        int failed = planned == 0 ? 0 : (wave.failed() * WIDTH + planned - 1) / planned;
        int bad = Math.min(WIDTH - full, failed);
        return out.good("█".repeat(full))
                + out.bad("▓".repeat(bad))
                + out.dim("░".repeat(WIDTH - full - bad));
    }
}
