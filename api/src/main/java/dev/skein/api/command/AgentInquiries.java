// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.command;

import dev.skein.api.rollout.PlannedWay;
import dev.skein.api.rollout.RolloutPlan.Member;
import dev.skein.api.store.BackupStore;
import dev.skein.api.store.RequestStore;
import dev.skein.engine.event.Request;
import dev.skein.service.database.Db;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** What agents are asked on behalf of rollouts. */
@ApplicationScoped
public class AgentInquiries {
    private final RequestStore requests;
    private final BackupStore backups;

    public AgentInquiries(RequestStore requests, BackupStore backups) {
        this.requests = requests;
        this.backups = backups;
    }

    /** Has each way through the revisions rehearsed on a copy of one database that goes it. */
    void rehearse(Db.Tx tx, String rollout, String bundle, List<PlannedWay> ways) {
        for (var way : ways) {
            var ask = new Request.Rehearse(bundle, way.path());
            requests.ask(tx, way.site(), way.uid(), rollout, ask);
        }
    }

    /** Has one backup of a wave restored on a scratch server: until then it is only a file. */
    void tryBackup(Db.Tx tx, String rollout, int wave) {
        backups.untried(tx, rollout, wave)
                .ifPresent(backup ->
                        requests.ask(
                                tx,
                                site(tx, backup.uid()),
                                backup.uid(),
                                rollout,
                                new Request.TryBackup(backup.sha256())));
    }

    private static String site(Db.Tx tx, String uid) {
        return tx.query("SELECT site FROM fleet_database WHERE uid = $1", uid)
                .iterator()
                .next()
                .getString(0);
    }

    /**
     * Has counted what a rollback would lose.
     *
     * @param losing those that are asked, some hundred at most
     * @param dropped what the ways back drop
     * @return the requests' ids
     */
    List<String> estimate(Db.Tx tx, String rollout, List<Member> losing, List<String> dropped) {
        var ids = new ArrayList<String>();
        for (var member : losing) {
            var restore = member.restore();
            var ask =
                    restore == null
                            ? new Request.Estimate(dropped, "")
                            : new Request.Estimate(List.of(), restore);
            ids.add(requests.ask(tx, member.site(), member.uid(), rollout, ask));
        }
        return ids;
    }
}
