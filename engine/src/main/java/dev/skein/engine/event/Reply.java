// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.skein.engine.NumberBounds;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an agent found out when it was asked.
 *
 * @param request which {@link Request} it answers
 * @param problem why it could not be found out, in words
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Reply(
        String request,
        String uid,
        String agent,
        Instant at,
        @Nullable String problem,
        @Nullable Told told) {
    public Reply {
        WireNames.uid(uid);
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(agent, "agent");
        Objects.requireNonNull(at, "at");
    }

    /** What was found out. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Rehearsed.class, name = "rehearsed"),
        @JsonSubTypes.Type(value = Estimated.class, name = "estimated"),
        @JsonSubTypes.Type(value = Tried.class, name = "tried"),
    })
    public sealed interface Told {}

    /** What a rehearsal showed. */
    public record Rehearsed(RehearsalEvidence evidence) implements Told {
        public Rehearsed {
            Objects.requireNonNull(evidence, "evidence");
        }
    }

    /** What would be lost. */
    public record Estimated(List<Loss> losses) implements Told {
        public Estimated {
            losses = List.copyOf(losses);
        }
    }

    /**
     * What a table or column would lose.
     *
     * @param rows how many rows, or rows with a value there
     * @param exact false where the server's statistics were taken instead of counting
     */
    public record Loss(String subject, long rows, boolean exact) {
        public Loss {
            NumberBounds.number(rows, "number of rows");
        }
    }

    /** How a backup was restored: what is not as it was, in words; empty where all is. */
    public record Tried(String sha256, List<String> wrong) implements Told {
        public Tried {
            wrong = List.copyOf(wrong);
        }
    }
}
