// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.site;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Sites, as the control plane's settings name them, and as there are agents at them. */
public final class SimulatedSites {
    private final List<String> all;
    private final Set<String> removed = new HashSet<>();
    private final Set<String> everRemoved = new HashSet<>();
    private final Set<String> deserted = new HashSet<>();

    SimulatedSites(List<String> all) {
        this.all = List.copyOf(all);
    }

    /** All that there ever were. */
    List<String> all() {
        return all;
    }

    /** Those that a process finds in its settings which begins now. */
    List<String> named() {
        return all.stream().filter(site -> !isRemoved(site)).toList();
    }

    /** Takes one from the settings. */
    public void remove(String site) {
        removed.add(site);
        everRemoved.add(site);
    }

    /** Says that no agent of one begins any more. */
    public void desert(String site) {
        deserted.add(site);
    }

    /** Writes one into the settings again, where agents may begin. */
    public void add(String site) {
        removed.remove(site);
        deserted.remove(site);
    }

    public boolean isRemoved(String site) {
        return removed.contains(site);
    }

    /** Whether there was a time when the settings did not name it. */
    public boolean wasRemoved(String site) {
        return everRemoved.contains(site);
    }

    public boolean isDeserted(String site) {
        return deserted.contains(site);
    }
}
