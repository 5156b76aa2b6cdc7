// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rollout;

import dev.skein.engine.Digests;
import dev.skein.engine.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who gets what, in which wave; what an approval is bound to.
 *
 * @param waves the databases of each wave, in the order they are taken
 * @param cohorts databases that are alike, with the way that each of them goes
 * @param setAside selected databases that the rollout leaves alone, with the reason
 * @param notes what whoever approves should know; null, as older plans have it, for nothing
 */
public record RolloutPlan(
        List<Wave> waves,
        List<Cohort> cohorts,
        List<SetAside> setAside,
        @Nullable List<String> notes) {
    public RolloutPlan {
        waves = List.copyOf(waves);
        cohorts = List.copyOf(cohorts);
        setAside = List.copyOf(setAside);
        notes = notes == null ? null : List.copyOf(notes);
    }

    /** One wave's databases. */
    public record Wave(String name, List<Member> members) {
        public Wave {
            members = List.copyOf(members);
        }
    }

    /**
     * A database in a wave.
     *
     * @param restore the digest of the backup that is restored, instead of walking the path; null
     *     for none
     * @param heads where it is, if it is restored: all that it goes from there on would be undone,
     *     too. Null, as older plans have it, for one that walks its path
     */
    public record Member(
            String uid,
            String site,
            String name,
            List<String> path,
            @Nullable String restore,
            @Nullable List<String> heads) {
        public Member {
            path = List.copyOf(path);
            heads = heads == null ? null : List.copyOf(heads);
        }
    }

    /**
     * Databases with the same heads and the same fingerprint.
     *
     * @param restored whether they are restored from backups; null, as older plans have it, for not
     */
    public record Cohort(
            List<String> heads,
            @Nullable String fingerprint,
            List<String> path,
            int databases,
            @Nullable Boolean restored) {
        public Cohort {
            heads = List.copyOf(heads);
            path = List.copyOf(path);
        }
    }

    /** A database that stays as it is. */
    public record SetAside(String uid, String site, String name, String reason) {}

    public int databases() {
        return waves.stream().mapToInt(wave -> wave.members().size()).sum();
    }

    /** SHA-256 over the plan and what was asked for, hexadecimal. */
    public String hash(RolloutSpec spec) {
        return Digests.hex(Digests.sha256(Json.bytes(spec), Json.bytes(this)));
    }
}
