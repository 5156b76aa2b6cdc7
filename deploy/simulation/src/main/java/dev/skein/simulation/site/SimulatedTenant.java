// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.site;

import dev.skein.engine.journal.EntryKind;
import dev.skein.engine.plan.Direction;
import dev.skein.simulation.time.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A database with its journal, its lock and its fence; and what its revisions have done to it. */
public final class SimulatedTenant {
    private final Timeline timeline;
    private final SimulationRules rules;
    private final String uid;
    private final String site;
    private final String name;
    private final SimulatedJournal journal;
    private final TreeSet<String> heads = new TreeSet<>();
    private final Map<String, Integer> effects = new TreeMap<>();
    private final List<String> broken = new ArrayList<>();
    private final TreeSet<Long> heldUnseen = new TreeSet<>();
    private long epoch;
    private long accepted;
    private int published;
    private @Nullable SimulatedSession holder;
    private long downUntil;
    private boolean gone;
    private boolean dropped;
    private @Nullable String failing;

    public SimulatedTenant(
            Timeline timeline, SimulationRules rules, String uid, String site, String name) {
        this.timeline = timeline;
        this.rules = rules;
        this.uid = uid;
        this.site = site;
        this.name = name;
        this.journal = new SimulatedJournal(uid);
    }

    public String uid() {
        return uid;
    }

    public String site() {
        return site;
    }

    public String name() {
        return name;
    }

    /** Where it is. */
    public List<String> heads() {
        return List.copyOf(heads);
    }

    /** The number of its last entry. */
    public long seq() {
        return journal.size();
    }

    public long accepted() {
        return accepted;
    }

    public List<SimulatedJournal.Written> journal() {
        return journal.entries();
    }

    /** How often each revision was done more often than undone. */
    public Map<String, Integer> effects() {
        return Map.copyOf(effects);
    }

    /** What was noticed at once that must never be. */
    public List<String> broken() {
        return List.copyOf(broken);
    }

    /** Whether anybody has its lock. */
    public boolean isLocked() {
        return holder != null;
    }

    /** How many entries the topic has, as far as is noted. */
    public int published() {
        return published;
    }

    void setPublished(int now) {
        published = now;
    }

    /** Cuts all connections, and takes none for a while. */
    public void goDown(long millis) {
        downUntil = timeline.now() + millis;
        if (holder != null) {
            end(holder);
        }
    }

    boolean isDown() {
        return dropped || timeline.now() < downUntil;
    }

    /** Says that it is not there, or is again. */
    public void setGone(boolean isGone) {
        gone = isGone;
        if (isGone) {
            goDown(0); // nobody drops a database that somebody works on
        }
    }

    boolean isGone() {
        return gone || dropped;
    }

    /** Ends it for ever, with all that nobody has read of it. */
    public void drop() {
        goDown(0);
        dropped = true;
    }

    public boolean isDropped() {
        return dropped;
    }

    /** Notes that it was said to be held while it was not there, so that nothing could fence it. */
    void holdUnseen(long generation) {
        heldUnseen.add(generation);
    }

    /** Whether nothing could fence it when it was said to be held. */
    public boolean wasHeldUnseen(long generation) {
        return heldUnseen.contains(generation);
    }

    /** Has a revision fail here; none for null. */
    public void setFailing(@Nullable String revision) {
        failing = revision;
    }

    boolean fails(String revision) {
        return revision.equals(failing);
    }

    /** Tries the lock. */
    boolean locks(SimulatedSession session) {
        if (isDown() || session.isEnded()) {
            session.end();
            return false;
        }
        if (holder == null) {
            holder = session;
        }
        return holder == session;
    }

    /** Ends the holder's session, where it works for a lower generation. */
    void endOlder(long generation) {
        var other = holder;
        if (other != null && other.isOlderThan(generation)) {
            end(other);
        }
    }

    void end(SimulatedSession session) {
        session.end();
        if (holder == session) {
            holder = null;
        }
    }

    /** Lets in whoever has the lock, and nobody any more who had it before. */
    boolean fence(SimulatedSession session) {
        long generation = session.generation() == null ? accepted : session.generation();
        if (!rules.accepts(accepted, generation)) {
            return false;
        }
        if (generation < accepted) {
            broken.add("I6: " + name + " accepted " + accepted + ", and then " + generation);
        }
        epoch++;
        accepted = generation;
        session.letIn(epoch);
        return true;
    }

    /** Commits a step with its entry; nothing of it where somebody else was let in since. */
    boolean commit(
            SimulatedSession session,
            Direction direction,
            String revision,
            List<String> after,
            @Nullable String rollout,
            String actor) {
        var kind = direction == Direction.UP ? EntryKind.APPLIED : EntryKind.REVERTED;
        if (!append(session, kind, revision, after, rollout, actor)) {
            return false;
        }
        effects.merge(revision, direction == Direction.UP ? 1 : -1, Integer::sum);
        heads.clear();
        heads.addAll(after);
        return true;
    }

    /** Appends an entry; nothing where somebody else was let in since. */
    boolean append(
            SimulatedSession session,
            EntryKind kind,
            @Nullable String revision,
            List<String> after,
            @Nullable String rollout,
            String actor) {
        if (isDown() || session.isEnded() || !rules.commits(session.fenced(), epoch)) {
            return false;
        }
        if (session.fenced() != epoch) {
            broken.add("I6: two at a time have worked on " + name);
        }
        journal.append(session, timeline.now(), kind, revision, after, rollout, actor);
        return true;
    }
}
