// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.command;

import dev.skein.api.rollout.RollbackExtent;
import dev.skein.api.rollout.RolloutPlan.Member;
import dev.skein.api.rollout.WayBack;
import dev.skein.api.store.RequestStore;
import dev.skein.api.store.RolloutStore;
import dev.skein.engine.script.Scripts;
import dev.skein.service.database.Db;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a rollback would take and lose: from what was measured, and from what agents count now. */
@ApplicationScoped
public class RollbackForecasts {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofMillis(200);

    /** Restoring builds indexes anew and checks keys: it takes a multiple of saving. */
    private static final long RESTORE_FACTOR = 3;

    private final Db db;
    private final RequestStore requests;
    private final RolloutStore rollouts;
    private final AgentInquiries inquiries;
    private final Event<RolloutCommands.Changed> changed;

    public RollbackForecasts(
            Db db,
            RequestStore requests,
            RolloutStore rollouts,
            AgentInquiries inquiries,
            Event<RolloutCommands.Changed> changed) {
        this.db = db;
        this.requests = requests;
        this.rollouts = rollouts;
        this.inquiries = inquiries;
        this.changed = changed;
    }

    /**
     * What would be lost of a table or a column.
     *
     * @param rows in all databases together
     * @param exact false where any of them was estimated
     * @param databases how many of them have any
     */
    public record Loss(String subject, long rows, boolean exact, int databases) {}

    /**
     * A forecast.
     *
     * @param millis how long all of it will take, about; null where nothing was measured
     * @param dropped tables and columns that the ways back drop
     * @param unknown revisions of which nobody knows what their ways back lose
     * @param losses rows written since that would be gone
     * @param concerned how many databases may lose something
     * @param asked how many of those were asked for it
     * @param answered how many of those have answered
     * @param problems why others could not
     */
    public record Forecast(
            @Nullable Long millis,
            List<String> dropped,
            List<String> unknown,
            List<Loss> losses,
            int concerned,
            int asked,
            int answered,
            List<String> problems) {}

    Forecast of(Rollbacks.Asked rollback, RollbackDraft draft, Scripts scripts, boolean ask)
            throws InterruptedException {
        var extent = draft.extent();
        var ways = draft.known().ways();
        var walked = extent.walked();
        var dropped = dropped(walked, scripts, ways);
        var name = rollback.undo().rollout();
        var losing = ask ? extent.losing(!dropped.isEmpty()) : List.<Member>of();
        var ids = db.call(tx -> inquiries.estimate(tx, name, losing, dropped));
        changed.fire(new RolloutCommands.Changed(name)); // the questions are to be sent
        var answers = await(ids);
        return new Forecast(
                db.call(tx -> millis(tx, rollback, extent)).orElse(null),
                dropped,
                unknown(walked, scripts, ways),
                ForecastLosses.of(answers),
                dropped.isEmpty() ? extent.restored() : extent.databases(),
                ids.size(),
                (int) answers.stream().filter(a -> a.told() != null).count(),
                RequestStore.problems(answers));
    }

    private static List<String> unknown(
            List<String> walked, Scripts scripts, Map<String, WayBack> ways) {
        return walked.stream()
                .filter(id -> !isKnown(ways.get(scripts.get(id).checksum())))
                .toList();
    }

    private static boolean isKnown(@Nullable WayBack way) {
        return way != null && way.isKnown();
    }

    private static List<String> dropped(
            List<String> walked, Scripts scripts, Map<String, WayBack> ways) {
        var names = new TreeSet<String>();
        walked.forEach(id -> {
            var way = ways.get(scripts.get(id).checksum());
            var made = way == null ? null : way.made();
            names.addAll(made == null ? List.of() : made);
        });
        return List.copyOf(names);
    }

    private List<RequestStore.Asked> await(List<String> ids) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            var all = db.call(tx -> requests.all(tx, ids));
            if (all.stream().allMatch(RequestStore.Asked::answered) || System.nanoTime() > end) {
                return all.stream().filter(RequestStore.Asked::answered).toList();
            }
            Thread.sleep(LOOK);
        }
    }

    /** From what the rollout took on each database, and from what saving it took. */
    private Optional<Long> millis(Db.Tx tx, Rollbacks.Asked rollback, RollbackExtent extent) {
        long sum = RESTORE_FACTOR * extent.savingMillis();
        int walked = extent.databases() - extent.restored();
        if (walked > 0) {
            var upgrade = rollouts.averageMillis(tx, rollback.undo().rollout());
            if (upgrade.isEmpty()) {
                return upgrade;
            }
            sum += walked * upgrade.get();
        }
        return Optional.of(sum / Math.min(rollback.parallel(), Math.max(1, extent.databases())));
    }
}
