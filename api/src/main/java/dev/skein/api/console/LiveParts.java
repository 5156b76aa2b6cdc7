// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.console;

import dev.skein.api.query.FleetViews;
import dev.skein.api.query.RolloutViews;
import dev.skein.api.query.SharedSnapshots;
import dev.skein.api.query.WatchedViews;
import dev.skein.service.rest.TaggedContent;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The parts of pages that change: of each, one rendering a second for all who have it open and may
 * do the same.
 */
@ApplicationScoped
public class LiveParts {
    private static final int ROLLOUTS = 10;
    private static final int ROWS = 200;
    private static final int KEPT = 64;

    private final SharedSnapshots<String, TaggedContent<String>> first;
    private final SharedSnapshots<Seen, TaggedContent<String>> ofRollouts;

    public LiveParts(FleetViews fleet, RolloutViews rollouts, WatchedViews watched) {
        this.first = new SharedSnapshots<>(all -> render(fleet, rollouts, watched), 1);
        this.ofRollouts = new SharedSnapshots<>(seen -> render(seen, rollouts, watched), KEPT);
    }

    /**
     * A rollout as somebody sees it.
     *
     * @param roles those that somebody has, of those that it depends on
     */
    private record Seen(String id, Set<String> roles) {}

    /**
     * Fleet and rollouts.
     *
     * @param again whether somebody looks again
     */
    TaggedContent<String> fleet(boolean again) {
        return first.get("", again);
    }

    /**
     * One rollout.
     *
     * @param hasRole which roles somebody has
     * @param again whether somebody looks again
     */
    TaggedContent<String> rollout(String id, Predicate<String> hasRole, boolean again) {
        var roles = RolloutVerbs.ROLES.stream().filter(hasRole).collect(Collectors.toSet());
        return ofRollouts.get(new Seen(id, roles), again);
    }

    private static TaggedContent<String> render(
            FleetViews fleet, RolloutViews rollouts, WatchedViews watched) {
        var shown =
                rollouts.newest(ROLLOUTS).stream()
                        .map(rollout -> watched.rollout(rollout.id(), false).content())
                        .toList();
        var databases = fleet.databases("", ROWS, false, "").rows();
        var status = watched.status(false).content();
        var page = ConsoleResource.Templates.live(status, shown, databases);
        return TaggedContent.ofText(page.render());
    }

    private static TaggedContent<String> render(
            Seen seen, RolloutViews rollouts, WatchedViews watched) {
        var rollout = watched.rollout(seen.id(), false).content();
        var verbs = RolloutVerbs.of(rollout.status(), seen.roles()::contains);
        var targets = rollouts.targets(seen.id(), "", ROWS, "").rows();
        var page = RolloutPages.Templates.live(rollout, verbs, targets);
        return TaggedContent.ofText(page.render());
    }
}
