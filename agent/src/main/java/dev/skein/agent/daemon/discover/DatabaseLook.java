// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.discover;

import dev.skein.engine.event.DatabaseReport;
import dev.skein.engine.journal.JournalState;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one look into a database found; the look writes nothing.
 *
 * @param state its journal's; absent where there is no journal yet
 * @param published up to where the journal is in Kafka
 * @param fingerprint what the journal says that the last step left, null where it does not know;
 *     without a journal what was seen
 * @param observed what was seen, where it can be held against that
 * @param problem why it cannot be managed, in words
 */
public record DatabaseLook(
        ServerDatabase place,
        String uid,
        @Nullable JournalState state,
        long published,
        @Nullable String fingerprint,
        @Nullable String observed,
        @Nullable String problem) {

    private static final String TWIN = "its uid is that of ";

    public DatabaseLook {
        // Mostly they are the same, and there are many looks.
        observed = observed != null && observed.equals(fingerprint) ? fingerprint : observed;
    }

    /** The same of its place as that is said to be. */
    DatabaseLook at(ServerDatabase other) {
        return new DatabaseLook(other, uid, state, published, fingerprint, observed, problem);
    }

    /** The same without what was seen. */
    DatabaseLook unseen() {
        var left = state == null ? null : fingerprint;
        return new DatabaseLook(place, uid, state, published, left, null, problem);
    }

    /** The same as one that its uid does not tell from others; one of them keeps the uid. */
    DatabaseLook twin(String others, boolean keepsUid) {
        var reason =
                TWIN
                        + others
                        + ", too: of the copy, and of it alone, say skein adopt --clone --yes";
        var own = keepsUid ? uid : placeUid();
        return new DatabaseLook(place, own, state, published, fingerprint, null, reason);
    }

    /** The uid that only this place has, whatever its journal says. */
    String placeUid() {
        return place.identity().placeUid();
    }

    /** Whether there is another database with its uid, so that nobody knows which one is meant. */
    public boolean isTwin() {
        return problem != null && problem.startsWith(TWIN);
    }

    /** Whether it is no longer in its server's list. */
    boolean isGone() {
        return problem != null && problem.startsWith(DatabaseReport.GONE);
    }

    /** The same database after it disappeared from its server. */
    DatabaseLook gone() {
        return withProblem(DatabaseReport.GONE + place.server());
    }

    /** Whether both say the same of a database, its size left out. */
    public boolean tellsSameAs(DatabaseLook other) {
        return uid.equals(other.uid)
                && place.withSize(0).equals(other.place.withSize(0))
                && Objects.equals(fingerprint, other.fingerprint)
                && Objects.equals(observed, other.observed)
                && Objects.equals(problem, other.problem)
                && isSame(state, other.state);
    }

    private static boolean isSame(@Nullable JournalState one, @Nullable JournalState other) {
        if (one == null || other == null) {
            return one == null && other == null;
        }
        return one.incarnation().equals(other.incarnation())
                && one.seq() == other.seq()
                && Arrays.equals(one.hash(), other.hash())
                && one.accepted() == other.accepted()
                && one.heads().equals(other.heads());
    }

    public List<String> heads() {
        return state == null ? List.of() : state.heads();
    }

    /** How many entries wait to be published. */
    public long behind() {
        return state == null ? 0 : Math.max(0, state.seq() - published);
    }

    /** What is still believed of a database that could not be looked into. */
    DatabaseLook withProblem(String reason) {
        return new DatabaseLook(place, uid, state, published, fingerprint, null, reason);
    }

    /** Whether entries wait to be published. */
    public boolean isBehind() {
        return state != null && problem == null && published < state.seq();
    }
}
