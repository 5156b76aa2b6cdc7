// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.answer;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a rollback would do.
 *
 * @param seen what this plan is known by
 */
public record RollbackPreview(PlannedRollout plan, Forecast forecast, String seen) {
    private static final Forecast NONE = new Forecast(null, List.of(), List.of(), 0, 0, List.of());

    public RollbackPreview {
        plan = Objects.requireNonNullElse(plan, PlannedRollout.NONE);
        forecast = Objects.requireNonNullElse(forecast, NONE);
    }

    /**
     * What it would take and lose.
     *
     * @param millis how long, about; null where nothing was measured
     * @param unknown revisions of which nobody knows what their ways back lose
     * @param concerned how many databases may lose something
     * @param answered how many of those have said what
     * @param problems why others could not
     */
    public record Forecast(
            @Nullable Long millis,
            List<String> unknown,
            List<Loss> losses,
            int concerned,
            int answered,
            List<String> problems) {}

    /** Rows written since that would be gone. */
    public record Loss(String subject, long rows, boolean exact, int databases) {}
}
