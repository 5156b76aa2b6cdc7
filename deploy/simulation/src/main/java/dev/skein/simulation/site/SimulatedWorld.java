// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.site;

import dev.skein.engine.bundle.Bundle;
import dev.skein.simulation.time.Chance;
import dev.skein.simulation.time.Timeline;
import dev.skein.simulation.time.Trace;
import dev.skein.simulation.wire.SimulatedBroker;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What all parts of a history share. */
public final class SimulatedWorld {
    private final Timeline timeline = new Timeline();
    private final SimulatedBroker broker = new SimulatedBroker();
    private final Map<String, Bundle> bundles;
    private final Chance chance;
    private final SimulationRules rules;
    private final Trace trace;
    private final Map<String, Long> producers = new HashMap<>();
    private HistoryKnobs knobs;
    private boolean databaseDown;
    private final SimulatedSites sites;
    private final Set<String> happened = new HashSet<>();

    /**
     * @param sites where there are databases
     * @param kept whether what happens is to be read
     */
    public SimulatedWorld(
            Map<String, Bundle> bundles,
            List<String> sites,
            long seed,
            SimulationRules rules,
            boolean kept) {
        this.sites = new SimulatedSites(sites);
        this.bundles = bundles;
        this.chance = new Chance(seed);
        this.rules = rules;
        this.trace = new Trace(timeline, kept);
        this.knobs = HistoryKnobs.of(chance);
    }

    public Timeline timeline() {
        return timeline;
    }

    public SimulatedBroker broker() {
        return broker;
    }

    public Chance chance() {
        return chance;
    }

    public SimulationRules rules() {
        return rules;
    }

    public Trace trace() {
        return trace;
    }

    public HistoryKnobs knobs() {
        return knobs;
    }

    /** From now on nothing goes wrong by itself. */
    public void calm() {
        knobs = knobs.calm();
    }

    /** Says that the control plane's database cannot be reached, or that it can be again. */
    public void setDatabaseDown(boolean isDown) {
        databaseDown = isDown;
    }

    public boolean isDatabaseDown() {
        return databaseDown;
    }

    public SimulatedSites sites() {
        return sites;
    }

    /** The sites that a process of the control plane waits for which begins now. */
    public List<String> awaited() {
        return rules.awaited(sites.all(), sites.named());
    }

    /** Notes that something happened which is worth to be reached. */
    public void happened(String what) {
        happened.add(what);
    }

    public Set<String> happened() {
        return Set.copyOf(happened);
    }

    /** Makes a producer for a site's directives: every earlier one sends nothing any more. */
    public long fence(String site) {
        return producers.merge(site, 1L, Long::sum);
    }

    /** Whether a producer is the newest one. */
    public boolean isNewest(String site, long producer) {
        return producers.getOrDefault(site, 0L) == producer;
    }

    /** The revisions of a digest. */
    public Bundle bundle(String digest) {
        return Objects.requireNonNull(bundles.get(digest), digest);
    }

    public Map<String, Bundle> bundles() {
        return bundles;
    }

    /** Sends a record; false where that fails, though the topic may have it all the same. */
    public boolean sends(String topic, String key, Object value) {
        if (chance.is(knobs.loses())) {
            if (chance.is(0.5)) {
                broker.take(topic, key, value);
            }
            return false;
        }
        return broker.take(topic, key, value);
    }
}
