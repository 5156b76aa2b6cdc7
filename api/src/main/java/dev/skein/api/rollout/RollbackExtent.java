// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rollout;

import dev.skein.api.rollout.RolloutPlan.Member;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** How far a rollback goes, counted while it is planned. */
public final class RollbackExtent {
    /** So many databases are known by name. */
    private static final int KNOWN = 200;

    private final Set<String> walked = new LinkedHashSet<>();
    private final List<Member> first = new ArrayList<>();
    private final List<Member> firstRestored = new ArrayList<>();
    private int restored;
    private int all;
    private int silent;
    private long savingMillis;

    /**
     * Counts one in.
     *
     * @param millis how long saving it took; of one that is restored
     */
    void add(Member member, long millis) {
        all++;
        if (first.size() < KNOWN) {
            first.add(member);
        }
        if (member.restore() == null) {
            walked.addAll(member.path());
            return;
        }
        restored++;
        savingMillis += millis;
        if (firstRestored.size() < KNOWN) {
            firstRestored.add(member);
        }
    }

    /** Counts one in that is set aside for the silence of its site alone. */
    void addSilent() {
        silent++;
    }

    /** Revisions whose ways back are walked. */
    public List<String> walked() {
        return List.copyOf(walked);
    }

    /** How many databases it goes to. */
    public int databases() {
        return all;
    }

    /** How many of them are restored. */
    public int restored() {
        return restored;
    }

    /** How long saving those took, together. */
    public long savingMillis() {
        return savingMillis;
    }

    /** How many databases it would go to, were no site silent. */
    public int concerned() {
        return all + silent;
    }

    /** Some hundred of those that lose something: all of them, or what is restored. */
    public List<Member> losing(boolean allLose) {
        return List.copyOf(allLose ? first : firstRestored);
    }
}
