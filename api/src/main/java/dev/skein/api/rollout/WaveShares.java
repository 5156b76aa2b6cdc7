// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rollout;

import dev.skein.api.rollout.RolloutSpec.WaveSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which wave of a rollout takes the next of its databases: the first that has room for it. */
final class WaveShares {
    /** Where none has. */
    static final int NONE = -1;

    private final List<Share> waves;
    private long all;

    WaveShares(List<WaveSpec> waves) {
        this.waves = waves.stream().map(wave -> new Share(wave.take())).toList();
    }

    /** What a wave takes, and has taken. */
    private static final class Share {
        private final TargetShare share;
        private final Map<String, Integer> perSite = new HashMap<>();
        private int taken;

        Share(TargetShare share) {
            this.share = share;
        }

        boolean takes(String site, long all) {
            var isTaken = hasRoom(site, all);
            taken += isTaken ? 1 : 0;
            return isTaken;
        }

        private boolean hasRoom(String site, long all) {
            return switch (share.kind()) {
                case ALL -> true;
                case COUNT -> taken < (int) share.number();
                case PERCENT -> taken < share.taken(Math.toIntExact(all));
                case PER_SITE -> perSite.merge(site, 1, Integer::sum) <= (int) share.number();
            };
        }
    }

    /** Whether a wave takes a part of all, so that how many come has to be known before. */
    boolean needAll() {
        return waves.stream().anyMatch(wave -> wave.share.kind() == TargetShare.Kind.PERCENT);
    }

    /** So many more are to come. */
    void expect(long databases) {
        all += databases;
    }

    /** The wave of the next one. */
    int next(String site) {
        for (int wave = 0; wave < waves.size(); wave++) {
            if (waves.get(wave).takes(site, all)) {
                return wave;
            }
        }
        return NONE;
    }
}
