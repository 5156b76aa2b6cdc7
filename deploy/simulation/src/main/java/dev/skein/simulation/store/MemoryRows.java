// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.store;

import dev.skein.api.fleet.FleetDatabase;
import dev.skein.api.rollout.Rollout;
import dev.skein.api.rollout.RolloutEvent;
import dev.skein.api.rollout.RolloutPlan;
import dev.skein.api.rollout.WaveTally;
import dev.skein.engine.event.Directive;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of the control plane's tables, as far as decisions need them. */
public final class MemoryRows {
    private MemoryRows() {}

    /** An event of a rollout's stream, with the time at which it was committed. */
    public record Event(RolloutEvent event, String actor, long at) {}

    /** A rollout's stream with what it comes to. */
    public record Stream(String id, List<Event> events, Rollout state) {
        public Stream {
            events = List.copyOf(events);
        }
    }

    /** What queries read of a rollout. */
    record Projected(
            String id,
            RolloutPlan plan,
            @Nullable String undoes,
            String author,
            String status,
            @Nullable String silent,
            @Nullable String approvedBy,
            List<String> additive,
            long created) {
        Projected with(String now, @Nullable String silentSite, @Nullable String approver) {
            var by = approver == null ? approvedBy : approver;
            return new Projected(id, plan, undoes, author, now, silentSite, by, additive, created);
        }

        Projected withAdditive(List<String> known) {
            return new Projected(
                    id, plan, undoes, author, status, silent, approvedBy, known, created);
        }
    }

    /** A database of a rollout. */
    public record Target(
            String rollout,
            int wave,
            int place,
            RolloutPlan.Member member,
            String state,
            @Nullable Long generation,
            @Nullable String signature,
            boolean skipped,
            long changed) {
        String key() {
            return rollout + " " + member.uid();
        }

        public String uid() {
            return member.uid();
        }

        /** Whether an agent may be working on it. */
        public boolean isOut() {
            return state.equals("open") || state.equals("holding");
        }

        Target with(String next, @Nullable Long from, @Nullable String why, long now) {
            return new Target(rollout, wave, place, member, next, from, why, skipped, now);
        }

        Target given(long now) {
            return new Target(rollout, wave, place, member, "aside", generation, null, true, now);
        }
    }

    /** A database that a plan leaves alone. */
    record Aside(String rollout, int place, RolloutPlan.SetAside of) {
        String key() {
            return rollout + " " + of.uid();
        }
    }

    /** A wave's count. */
    record Count(String rollout, WaveTally tally) {
        String key() {
            return key(rollout, tally.wave());
        }

        static String key(String rollout, int wave) {
            return rollout + " " + wave;
        }

        /** With so many more open, succeeded, failed and set aside. */
        Count plus(int open, int succeeded, int failed, int aside) {
            return new Count(
                    rollout,
                    new WaveTally(
                            tally.wave(),
                            tally.planned(),
                            tally.open() + open,
                            tally.succeeded() + succeeded,
                            tally.failed() + failed,
                            tally.aside() + aside));
        }
    }

    /** The newest directive of a database; a tombstone where it has no content. */
    public record Issued(
            String uid,
            String site,
            String rollout,
            long generation,
            @Nullable Directive content,
            int attempt,
            long due,
            boolean published,
            long ends) {
        Issued closed(long now) {
            return new Issued(uid, site, rollout, generation, null, attempt, now, false, ends);
        }

        Issued again() {
            return new Issued(uid, site, rollout, generation, content, attempt, due, false, ends);
        }

        Issued sent(long next) {
            return new Issued(
                    uid, site, rollout, generation, content, attempt + 1, next, true, ends);
        }
    }

    /** That a database was said to be held by a directive, noted at that time. */
    public record Held(String rollout, String uid, long generation, long at) {}

    /** A lease. */
    record Lease(String holder, long term, long until) {}

    /** A clock that is set for a rollout. */
    record Deadline(String rollout, long at) {}

    /** A database as agents told of it. */
    record Known(FleetDatabase database, long seq) {}

    /** When an agent was heard of, and how many directives it was at. */
    record Beat(String site, long seen, int running) {}
}
