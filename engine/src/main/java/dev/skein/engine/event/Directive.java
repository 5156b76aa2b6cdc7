// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.skein.engine.NumberBounds;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The newest desired state of a database with open work. The highest generation wins; a late
 * duplicate is harmless.
 *
 * @param bundle the digest of the revisions
 * @param target where to, as the command line takes it
 * @param actor on whose behalf
 * @param takeBack revisions to take back, instead of going to the target
 * @param backup how much to save before the first step; absent for nothing
 * @param restore the digest of a backup to restore, instead of going anywhere by revisions
 * @param notAfter nobody sends or judges it, since two clocks would have to agree: agents begin
 *     nothing a day after the brokers took it
 * @param adopted the fingerprint that was decided to be how the schema must be, whatever its
 *     journal left; absent where nothing was decided
 * @param path the steps that were approved, in the order they are walked: what is left of them may
 *     run and nothing else. Their text is that of the bundle. Absent where none were, or an older
 *     control plane does not say
 * @param heads where the database was when its restoring was approved; absent as the path is
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Directive(
        String uid,
        long generation,
        Action action,
        String rollout,
        String bundle,
        String target,
        String actor,
        @Nullable List<String> takeBack,
        @Nullable BackupExtent backup,
        @Nullable String restore,
        @Nullable Instant notAfter,
        @Nullable String adopted,
        @Nullable List<String> path,
        @Nullable List<String> heads) {

    public Directive {
        WireNames.uid(uid);
        NumberBounds.number(generation, "generation");
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(rollout, "rollout");
        Objects.requireNonNull(bundle, "bundle");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(actor, "actor");
        takeBack = takeBack == null ? null : List.copyOf(takeBack);
        path = path == null ? null : List.copyOf(path);
        heads = heads == null ? null : List.copyOf(heads);
    }

    /** What to do. */
    public enum Action {
        /** Bring it to the target. */
        MIGRATE,
        /** Stop at the next step boundary and say so. */
        HOLD
    }
}
