// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.event;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.skein.engine.NumberBounds;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Something that an agent is asked about a database. Nobody waits for it for ever: what is asked
 * again has another id, and an answer to an old one is ignored.
 *
 * @param id what the {@link Reply} names
 * @param notAfter later it need not be answered any more, by the clock of whoever asks
 */
public record Request(String id, String uid, Instant notAfter, Ask ask) {
    /** Nobody waits longer for an answer, from when the brokers took the request. */
    public static final Duration LONGEST = Duration.ofMinutes(10);

    /** The kind of what asks for a rehearsal. */
    public static final String REHEARSAL = "Rehearse";

    public Request {
        WireNames.uid(uid);
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(notAfter, "notAfter");
        Objects.requireNonNull(ask, "ask");
    }

    /** What is asked. Nothing of it changes the database. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Resend.class, name = "resend"),
        @JsonSubTypes.Type(value = Rehearse.class, name = "rehearse"),
        @JsonSubTypes.Type(value = Estimate.class, name = "estimate"),
        @JsonSubTypes.Type(value = TryBackup.class, name = "try-backup"),
        @JsonSubTypes.Type(value = Scan.class, name = "scan"),
    })
    public sealed interface Ask {
        /** Its kind as stores keep it, whatever its class is called. */
        default String kind() {
            return switch (this) {
                case Resend _ -> "Resend";
                case Rehearse _ -> REHEARSAL;
                case Estimate _ -> "Estimate";
                case TryBackup _ -> "TryBackup";
                case Scan _ -> "Scan";
            };
        }
    }

    /**
     * Send journal entries again; they are their own answer.
     *
     * @param from the number of the first one
     */
    public record Resend(long from) implements Ask {
        public Resend {
            NumberBounds.number(from, "number of an entry");
        }
    }

    /**
     * Rehearse revisions on a scratch copy of the database.
     *
     * @param bundle the digest of the revisions
     */
    public record Rehearse(String bundle, List<String> path) implements Ask {
        public Rehearse {
            path = List.copyOf(path);
        }
    }

    /**
     * Count what would be lost.
     *
     * @param dropped tables and columns that a way back drops
     * @param backup the digest of a backup that would be restored instead; empty for none
     */
    public record Estimate(List<String> dropped, String backup) implements Ask {
        public Estimate {
            dropped = List.copyOf(dropped);
        }
    }

    /** Restore a backup on a scratch server and compare it with what was saved. */
    public record TryBackup(String sha256) implements Ask {}

    /** Look at the schema now. */
    public record Scan() implements Ask {}
}
