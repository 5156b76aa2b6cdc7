// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.skein.engine.NumberBounds;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an agent knows of a database; written on change.
 *
 * @param accepted the highest generation its journal has accepted
 * @param fingerprint what the last step left, as the journal says
 * @param observed what a scan found, of the same moment as seq; absent where nobody can say what it
 *     should be, because a statement outside a transaction is under way
 * @param problem why it cannot be managed, in words; absent when all is well
 * @param answer how the last directive ended where the journal cannot say it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DatabaseReport(
        String uid,
        String site,
        String server,
        String name,
        String agent,
        List<String> heads,
        @Nullable String incarnation,
        long seq,
        @Nullable String hash,
        long accepted,
        @Nullable String fingerprint,
        @Nullable String observed,
        long sizeBytes,
        int serverMajor,
        Map<String, String> labels,
        @Nullable String problem,
        @Nullable Answer answer,
        Instant at) {
    /** How the problem of one begins that was there and is no more. */
    public static final String GONE = "it is gone from server ";

    public DatabaseReport {
        WireNames.uid(uid);
        Objects.requireNonNull(site, "site");
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(agent, "agent");
        Objects.requireNonNull(at, "at");
        NumberBounds.number(seq, "number of an entry");
        NumberBounds.number(accepted, "generation");
        NumberBounds.number(sizeBytes, "size");
        heads = List.copyOf(heads);
        labels = Map.copyOf(labels);
    }

    /** The answer to a directive for a database that is not there. */
    public static DatabaseReport absent(
            String uid, String site, String agent, Answer answer, Instant at) {
        return new DatabaseReport(
                uid,
                site,
                "",
                "",
                agent,
                List.of(),
                null,
                0,
                null,
                0,
                null,
                null,
                0,
                0,
                Map.of(),
                "it is not at site " + site,
                answer,
                at);
    }

    /** Whether it says only that there is no such database. */
    public boolean saysAbsent() {
        return server.isEmpty();
    }

    /** Whether it tells of a database that is no longer in its server's list. */
    public boolean saysGone() {
        return problem != null && problem.startsWith(GONE);
    }

    /**
     * The end of a directive that left no entry in the journal.
     *
     * @param aside whether the database is set aside rather than failed: somebody else changed it,
     *     and that is to be decided on first; absent for no
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Answer(long generation, Kind kind, String message, @Nullable Boolean aside) {
        /** The end of a directive on a database that is not set aside. */
        public Answer(long generation, Kind kind, String message) {
            this(generation, kind, message, null);
        }

        public Answer {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(message, "message");
            NumberBounds.number(generation, "generation");
        }
    }

    /** Such ends. */
    public enum Kind {
        /** Stopped between two steps, as asked. */
        HELD,
        /** Not started: the database or the directive does not allow it. */
        REFUSED,
        /** It, or what it takes beside it, not reachable within the agent's patience. */
        UNREACHABLE
    }

    /** The same, made at another time. */
    public DatabaseReport withAt(Instant other) {
        return new DatabaseReport(
                uid,
                site,
                server,
                name,
                agent,
                heads,
                incarnation,
                seq,
                hash,
                accepted,
                fingerprint,
                observed,
                sizeBytes,
                serverMajor,
                labels,
                problem,
                answer,
                other);
    }
}
