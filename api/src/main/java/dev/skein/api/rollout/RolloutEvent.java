// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rollout;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened to a rollout as a whole; single databases are counted elsewhere. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RolloutEvent.Created.class, name = "created"),
    @JsonSubTypes.Type(value = RolloutEvent.Approved.class, name = "approved"),
    @JsonSubTypes.Type(value = RolloutEvent.WaveReleased.class, name = "wave-released"),
    @JsonSubTypes.Type(value = RolloutEvent.WaveDrained.class, name = "wave-drained"),
    @JsonSubTypes.Type(value = RolloutEvent.WavePassed.class, name = "wave-passed"),
    @JsonSubTypes.Type(value = RolloutEvent.Halted.class, name = "halted"),
    @JsonSubTypes.Type(value = RolloutEvent.Paused.class, name = "paused"),
    @JsonSubTypes.Type(value = RolloutEvent.Resumed.class, name = "resumed"),
    @JsonSubTypes.Type(value = RolloutEvent.Aborted.class, name = "aborted"),
    @JsonSubTypes.Type(value = RolloutEvent.Completed.class, name = "completed"),
    @JsonSubTypes.Type(value = RolloutEvent.Skipped.class, name = "skipped"),
    @JsonSubTypes.Type(value = RolloutEvent.Doubted.class, name = "doubted"),
})
public sealed interface RolloutEvent {
    /** What the audit log calls it, whatever its class is called. */
    default String type() {
        return switch (this) {
            case Created _ -> "rollout.Created";
            case Approved _ -> "rollout.Approved";
            case WaveReleased _ -> "rollout.WaveReleased";
            case WaveDrained _ -> "rollout.WaveDrained";
            case WavePassed _ -> "rollout.WavePassed";
            case Halted _ -> "rollout.Halted";
            case Paused _ -> "rollout.Paused";
            case Resumed _ -> "rollout.Resumed";
            case Aborted _ -> "rollout.Aborted";
            case Completed _ -> "rollout.Completed";
            case Skipped _ -> "rollout.Skipped";
            case Doubted _ -> "rollout.Doubted";
        };
    }

    /** Planned and waiting for an approval. */
    record Created(RolloutSpec spec, String author, String planHash, List<Integer> waveSizes)
            implements RolloutEvent {
        public Created {
            waveSizes = List.copyOf(waveSizes);
        }
    }

    /** Somebody else agreed to exactly this plan. */
    record Approved(String by, String planHash) implements RolloutEvent {}

    /** A wave's databases may be migrated. */
    record WaveReleased(int wave) implements RolloutEvent {}

    /** A wave's last database has an outcome; it is watched until then. */
    record WaveDrained(int wave, int succeeded, int failed, Instant soakUntil)
            implements RolloutEvent {}

    /** A wave's gate is passed. */
    record WavePassed(int wave) implements RolloutEvent {}

    /**
     * Nobody should go on before a person has looked: the budget is used up, for one.
     *
     * @param fruitless whether it is that none of the wave's databases was migrated
     * @param silent the site whose agents were not heard any more, where it is that alone
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Halted(int wave, String reason, boolean fruitless, @Nullable String silent)
            implements RolloutEvent {
        public Halted(int wave, String reason) {
            this(wave, reason, false, null);
        }
    }

    /** A person stopped it for now. */
    record Paused(String by, String reason) implements RolloutEvent {}

    /**
     * It goes on: a person says so, or what stopped it is over.
     *
     * @param retryAside whether databases of the wave that were set aside are tried again
     * @param retryFailed whether those that failed are; absent for after a halt
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Resumed(String by, String reason, boolean retryAside, @Nullable Boolean retryFailed)
            implements RolloutEvent {
        public Resumed(String by, String reason, boolean retryAside) {
            this(by, reason, retryAside, null);
        }
    }

    /** A person stopped it for good. */
    record Aborted(String by, String reason) implements RolloutEvent {}

    /** Every wave is passed. */
    record Completed(int waves) implements RolloutEvent {}

    /** A person gave databases up, by their uids; they are set aside for good. */
    record Skipped(String by, String reason, List<String> databases) implements RolloutEvent {
        public Skipped {
            databases = List.copyOf(databases);
        }
    }

    /** Something was found out when it was over that nobody would have gone on with. */
    record Doubted(String reason) implements RolloutEvent {}
}
