// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.query;

import dev.skein.service.rest.TaggedContent;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * What people and programs look at again and again. Who looks for the first time is told what is so
 * now; who has seen something gets one snapshot a second with all others who look.
 */
@ApplicationScoped
public class WatchedViews {
    private static final int ROLLOUTS = 64;

    private final SharedSnapshots<String, TaggedContent<RolloutViews.Detail>> rollouts;
    private final SharedSnapshots<String, TaggedContent<FleetViews.Status>> status;

    public WatchedViews(RolloutViews rollouts, FleetViews fleet) {
        this.rollouts =
                new SharedSnapshots<>(id -> TaggedContent.of(rollouts.detail(id)), ROLLOUTS);
        this.status = new SharedSnapshots<>(all -> TaggedContent.of(fleet.status()), 1);
    }

    /**
     * The fleet at a glance.
     *
     * @param again whether somebody looks again
     */
    public TaggedContent<FleetViews.Status> status(boolean again) {
        return status.get("", again);
    }

    /**
     * A rollout with waves and failures.
     *
     * @param again whether somebody looks again
     */
    public TaggedContent<RolloutViews.Detail> rollout(String id, boolean again) {
        return rollouts.get(id, again);
    }
}
