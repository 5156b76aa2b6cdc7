// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.command;

import dev.skein.api.rollout.RequiredEvidence;
import dev.skein.api.rollout.RolloutSpec;
import dev.skein.api.rollout.WayBack;
import dev.skein.api.store.EvidenceStore;
import dev.skein.engine.SkeinException;
import dev.skein.engine.script.Script;
import dev.skein.engine.script.Scripts;
import dev.skein.service.database.Db;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is known of the revisions that a rollout brings, and whether it is enough. */
@ApplicationScoped
public class EvidenceCheck {
    private final EvidenceStore evidence;

    public EvidenceCheck(EvidenceStore evidence) {
        this.evidence = evidence;
    }

    /** What is known of revisions, by their ids; nothing of those that were not rehearsed. */
    public Map<String, WayBack> known(Db.Tx tx, Scripts scripts, Collection<String> ids) {
        var sums = ids.stream().map(id -> scripts.get(id).checksum()).toList();
        var bySum = evidence.known(tx, sums);
        var known = new LinkedHashMap<String, WayBack>();
        for (var id : ids) {
            var way = bySum.get(scripts.get(id).checksum());
            if (way != null) {
                known.put(id, way);
            }
        }
        return known;
    }

    /** What is known of all revisions of a bundle, by checksum. */
    Map<String, WayBack> bySum(Db.Tx tx, Scripts scripts) {
        return evidence.known(tx, scripts.all().stream().map(Script::checksum).toList());
    }

    /**
     * Refuses a rollout whose revisions were not shown what it asks for.
     *
     * @param later whether what is not known yet may still come
     */
    void require(
            RolloutSpec spec, Collection<String> ids, Map<String, WayBack> known, boolean later) {
        var proof = spec.proof();
        if (proof == null || proof == RequiredEvidence.NONE) {
            return;
        }
        var unproven = unproven(proof, ids, known, later);
        if (!unproven.isEmpty()) {
            throw lacking(spec.id(), unproven);
        }
    }

    private static SkeinException lacking(String rollout, List<String> unproven) {
        return SkeinException.failed(
                "Rollout " + rollout,
                "it asks for evidence that is not there: " + String.join(", ", unproven),
                "See what the agents found: skein rollout plan "
                        + rollout
                        + "; or: skein rehearse --json > evidence.json; skein push --evidence"
                        + " evidence.json");
    }

    private static List<String> unproven(
            RequiredEvidence proof,
            Collection<String> ids,
            Map<String, WayBack> known,
            boolean later) {
        var unproven = new ArrayList<String>();
        for (var id : ids) {
            var way = known.get(id);
            if (way == null && !later) {
                unproven.add(id + " (not rehearsed as it is)");
            } else if (way != null && !proof.isMetBy(way.grade())) {
                unproven.add(id + " (" + way.grade().words() + ")");
            }
        }
        return unproven;
    }

    /** Those of some revisions that are known to be additive. */
    static List<String> additive(Map<String, WayBack> known) {
        return known.entrySet().stream()
                .filter(one -> one.getValue().additive())
                .map(Map.Entry::getKey)
                .toList();
    }
}
