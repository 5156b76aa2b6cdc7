// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.command;

import dev.skein.api.rollout.RolloutAction;
import dev.skein.api.store.BackupStore;
import dev.skein.api.store.Continuity;
import dev.skein.api.store.EventStore;
import dev.skein.api.store.EvidenceStore;
import dev.skein.api.store.RequestStore;
import dev.skein.api.store.RolloutStore;
import dev.skein.engine.event.Reply;
import dev.skein.engine.event.Request;
import dev.skein.service.database.Db;
import dev.skein.service.kafka.RecordFault;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * What agents found out: kept as it comes, and where something follows from it, noted as soon as
 * decisions may be taken. While none may be, nothing of it is lost.
 */
@ApplicationScoped
public class AgentFindings {
    private static final Logger LOG = Logger.getLogger(AgentFindings.class);
    private static final int TRIALS = 3;

    private final RequestStore requests;
    private final EvidenceStore evidence;
    private final BackupStore backups;
    private final EventStore events;
    private final RolloutStore rollouts;
    private final RolloutUnit unit;
    private final Continuity continuity;

    public AgentFindings(
            RequestStore requests,
            EvidenceStore evidence,
            BackupStore backups,
            EventStore events,
            RolloutStore rollouts,
            RolloutUnit unit,
            Continuity continuity) {
        this.requests = requests;
        this.evidence = evidence;
        this.backups = backups;
        this.events = events;
        this.rollouts = rollouts;
        this.unit = unit;
        this.continuity = continuity;
    }

    /** How a backup's trial ended, as it is recorded. */
    public record Tried(String uid, String sha256, String trial, String says) {}

    /**
     * Keeps an answer, whether or not anything may be decided now; one that nobody waits for is
     * passed over.
     *
     * @return rollouts that may have something to do
     */
    public List<String> keep(Db.Tx tx, Reply reply) {
        return requests.answer(tx, reply).map(asked -> List.of(asked.rollout())).orElse(List.of());
    }

    /**
     * Notes what follows from answers, each by itself.
     *
     * @return rollouts that may have something to do
     */
    public List<String> note(Db db) {
        var changed = new ArrayList<String>();
        for (var answer : db.call(requests::unnoted)) {
            try {
                db.run(tx -> note(tx, answer));
                changed.add(answer.rollout());
            } catch (RuntimeException e) {
                LOG.errorf(e, "the answer to %s", answer.id());
                if (RecordFault.is(e) && db.call(continuity::holds)) {
                    db.run(tx -> requests.refused(tx, answer.id(), RecordFault.reason(e)));
                }
            }
        }
        return changed;
    }

    private void note(Db.Tx tx, RequestStore.Answer answer) {
        switch (answer.request().ask()) {
            case Request.TryBackup trial -> tried(tx, answer, trial.sha256());
            case Request.Rehearse rehearse -> {
                if (requests.noted(tx, answer.id())
                        && answer.told() instanceof Reply.Rehearsed rehearsed) {
                    evidence.putFound(tx, rehearsed.evidence(), String.valueOf(answer.agent()));
                }
            }
            default -> requests.noted(tx, answer.id());
        }
    }

    /** Heads are locked first, in their order, as everywhere. */
    private void tried(Db.Tx tx, RequestStore.Answer answer, String sha256) {
        var head = events.lock(tx, "backup/" + sha256);
        var wrong = answer.told() instanceof Reply.Tried tried ? tried.wrong() : List.<String>of();
        var locked = wrong.isEmpty() ? null : rollouts.lock(tx, answer.rollout());
        if (!requests.noted(tx, answer.id())) {
            return;
        }
        var known = answer.told() instanceof Reply.Tried;
        var says = known ? String.join(", ", wrong) : String.valueOf(answer.problem());
        var trial = known ? wrong.isEmpty() ? "good" : "bad" : "unknown";
        var uid = answer.request().uid();
        backups.tried(tx, uid, sha256, trial, says.isEmpty() ? null : says);
        var actor = known ? "agent " + answer.agent() : "conductor";
        events.append(tx, head, "backup.Tried", new Tried(uid, sha256, trial, says), actor);
        if (locked != null) {
            var doubt = "a backup of it could not be restored: " + says;
            unit.apply(tx, locked, new RolloutAction.Doubt(doubt), "conductor");
        }
    }

    /** Has rehearsals and trials that got no answer asked again, three times in all. */
    public void askAgain(Db.Tx tx) {
        for (var lapsed : requests.lapsed(tx)) {
            if (lapsed.attempt() < TRIALS) {
                requests.again(tx, lapsed);
            } else {
                var problem = "no agent answered, %d times".formatted(TRIALS);
                requests.unanswered(tx, lapsed.request().id(), problem);
            }
        }
    }
}
