// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rollout;

import dev.skein.engine.Digests;
import dev.skein.engine.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who gets what, in which wave; what an approval is bound to. Its databases are rows elsewhere: it
 * costs what is shown of it, and binds them by a digest.
 *
 * @param waves in their order
 * @param cohorts databases that are alike, with the way that each of them goes; the largest ones
 * @param cohortsInAll how many cohorts there are
 * @param setAside why selected databases are left alone; the most frequent reasons
 * @param setAsideInAll how many databases are left alone
 * @param revisions all that any database goes through
 * @param notes what whoever approves should know; null, as older plans have it, for nothing
 * @param digest what its databases are known by, see {@link PlanDigest}; null of older plans, whose
 *     hash is over the databases themselves
 */
public record RolloutPlan(
        List<Wave> waves,
        List<Cohort> cohorts,
        int cohortsInAll,
        List<Reason> setAside,
        int setAsideInAll,
        List<String> revisions,
        @Nullable List<String> notes,
        @Nullable String digest) {
    public RolloutPlan {
        waves = List.copyOf(waves);
        cohorts = List.copyOf(cohorts);
        setAside = List.copyOf(setAside);
        revisions = List.copyOf(revisions);
        notes = notes == null ? null : List.copyOf(notes);
    }

    /**
     * One wave.
     *
     * @param examples its first databases, as site/name
     */
    public record Wave(String name, int databases, List<String> examples) {
        public Wave {
            examples = List.copyOf(examples);
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

    /**
     * Why databases stay as they are.
     *
     * @param examples some of them, as site/name
     */
    public record Reason(String reason, int databases, List<String> examples) {
        public Reason {
            examples = List.copyOf(examples);
        }
    }

    public int databases() {
        return waves.stream().mapToInt(Wave::databases).sum();
    }

    /** How many cohorts are not listed. */
    public int otherCohorts() {
        return cohortsInAll - cohorts.size();
    }

    /** How many databases are set aside for reasons that are not listed. */
    public int setAsideOtherwise() {
        return setAsideInAll - setAside.stream().mapToInt(Reason::databases).sum();
    }

    /** SHA-256 over the plan and what was asked for, hexadecimal. */
    public String hash(RolloutSpec spec) {
        return Digests.hex(Digests.sha256(Json.bytes(spec), Json.bytes(this)));
    }
}
