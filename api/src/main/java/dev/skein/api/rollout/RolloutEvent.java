// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rollout;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;

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
})
public sealed interface RolloutEvent {
    /** Planned and waiting for an approval. */
    record Created(Spec spec, String author, String planHash, List<Integer> waveSizes)
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
     */
    record Halted(int wave, String reason, boolean fruitless) implements RolloutEvent {
        public Halted(int wave, String reason) {
            this(wave, reason, false);
        }
    }

    /** A person stopped it for now. */
    record Paused(String by, String reason) implements RolloutEvent {}

    /**
     * A person lets it go on; failed databases of the wave are tried again.
     *
     * @param retryAside whether those that were set aside are, too
     */
    record Resumed(String by, String reason, boolean retryAside) implements RolloutEvent {}

    /** A person stopped it for good. */
    record Aborted(String by, String reason) implements RolloutEvent {}

    /** Every wave is passed. */
    record Completed(int waves) implements RolloutEvent {}
}
