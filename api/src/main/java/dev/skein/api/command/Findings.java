// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.command;

import dev.skein.api.rollout.RolloutCommand;
import dev.skein.api.store.BackupStore;
import dev.skein.api.store.EventStore;
import dev.skein.api.store.EvidenceStore;
import dev.skein.api.store.RequestStore;
import dev.skein.api.store.RolloutStore;
import dev.skein.engine.event.Reply;
import dev.skein.engine.event.Request;
import dev.skein.engine.postgres.Db;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** What agents found out: kept, and where it matters, acted upon. */
@ApplicationScoped
public class Findings {
    private final RequestStore requests;
    private final EvidenceStore evidence;
    private final BackupStore backups;
    private final EventStore events;
    private final RolloutStore rollouts;
    private final RolloutUnit unit;

    public Findings(
            RequestStore requests,
            EvidenceStore evidence,
            BackupStore backups,
            EventStore events,
            RolloutStore rollouts,
            RolloutUnit unit) {
        this.requests = requests;
        this.evidence = evidence;
        this.backups = backups;
        this.events = events;
        this.rollouts = rollouts;
        this.unit = unit;
    }

    /** How a backup's trial ended, as it is recorded. */
    record Tried(String uid, String sha256, String trial, String says) {}

    /**
     * Takes an answer; one that nobody waits for is passed over.
     *
     * @return rollouts that may have something to do
     */
    public List<String> take(Db.Tx tx, Reply reply) {
        var answered = requests.answer(tx, reply);
        if (answered.isEmpty()) {
            return List.of();
        }
        var asked = answered.get();
        return switch (reply.told()) {
            case Reply.Rehearsed rehearsed -> {
                evidence.putFound(tx, rehearsed.evidence(), reply.agent());
                yield List.of();
            }
            case Reply.Tried tried -> tried(tx, asked, tried, reply.agent());
            case Reply.Estimated estimated -> List.of();
            case null -> untold(tx, asked);
        };
    }

    private List<String> tried(
            Db.Tx tx, RequestStore.Asked asked, Reply.Tried tried, String agent) {
        var good = tried.wrong().isEmpty();
        var says = String.join(", ", tried.wrong());
        note(tx, asked.uid(), tried.sha256(), good ? "good" : "bad", says, "agent " + agent);
        if (good) {
            return List.of();
        }
        var locked = rollouts.lock(tx, asked.rollout());
        var doubt = "a backup of it could not be restored: " + says;
        unit.apply(tx, locked, new RolloutCommand.Doubt(doubt), "conductor");
        return List.of(asked.rollout());
    }

    private List<String> untold(Db.Tx tx, RequestStore.Asked asked) {
        var problem = String.valueOf(asked.problem());
        if (requests.question(tx, asked.id()).ask() instanceof Request.TryBackup trial) {
            note(tx, asked.uid(), trial.sha256(), "unknown", problem, "conductor");
        }
        return List.of();
    }

    private void note(
            Db.Tx tx, String uid, String sha256, String trial, String says, String actor) {
        backups.tried(tx, uid, sha256, trial, says.isEmpty() ? null : says);
        events.appendAlone(
                tx, "backup/" + sha256, "backup.Tried", new Tried(uid, sha256, trial, says), actor);
    }
}
