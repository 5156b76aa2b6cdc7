// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.query;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.api.command.EvidenceCheck;
import dev.skein.api.rollout.RolloutPlan;
import dev.skein.api.rollout.WayBack;
import dev.skein.api.store.BundleStore;
import dev.skein.api.store.RequestStore;
import dev.skein.engine.Json;
import dev.skein.engine.event.Request;
import dev.skein.service.database.Db;
import dev.skein.service.page.ListPage;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.NotFoundException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plans as they are shown: with what is known, by now, of the ways back. */
@ApplicationScoped
public class RollbackPlanView {
    private final Db db;
    private final BundleStore bundles;
    private final RequestStore requests;
    private final EvidenceCheck proofs;

    public RollbackPlanView(
            Db db, BundleStore bundles, RequestStore requests, EvidenceCheck proofs) {
        this.db = db;
        this.bundles = bundles;
        this.requests = requests;
        this.proofs = proofs;
    }

    /**
     * A plan with its hash.
     *
     * @param ways what rehearsals showed, by revision; null of one that was not rehearsed
     * @param rehearsing how many rehearsals have no answer yet
     * @param problems why agents could not rehearse
     */
    public record PlanView(
            String id,
            String hash,
            RolloutPlan plan,
            String backup,
            Map<String, WayBack> ways,
            List<String> unknown,
            int rehearsing,
            List<String> problems) {}

    /** A database that a plan leaves alone. */
    public record AsideRow(String uid, String site, String name, String reason) {}

    /**
     * A database of a plan.
     *
     * @param wave the name of the one that it is in
     * @param path the revisions that it goes through
     * @param restore the digest of the backup that is restored instead; absent for none
     * @param heads from where it is restored
     */
    public record PlannedRow(
            String uid,
            String site,
            String name,
            String wave,
            List<String> path,
            @Nullable String restore,
            @Nullable List<String> heads) {}

    /** The plan of a rollout. */
    public PlanView plan(String id) {
        return db.call(tx -> {
            var row = find(tx, id);
            var plan = plan(tx, id, row.getString(2));
            var ids = new LinkedHashSet<>(plan.revisions());
            var known = proofs.known(tx, bundles.find(tx, row.getString(0)).scripts(), ids);
            ids.removeAll(known.keySet());
            var asked = requests.of(tx, id, Request.REHEARSAL);
            return new PlanView(
                    id,
                    row.getString(1),
                    plan,
                    saving(row.getBuffer(3).getBytes()),
                    known,
                    List.copyOf(ids),
                    (int) asked.stream().filter(a -> !a.answered()).count(),
                    RequestStore.problems(asked));
        });
    }

    private static RolloutPlan plan(Db.Tx tx, String id, @Nullable String summary) {
        return summary == null ? OlderPlans.read(tx, id) : Json.read(summary, RolloutPlan.class);
    }

    /**
     * A page of the databases that a rollout's plan leaves alone, in the plan's order.
     *
     * @param limit how many at most; a page has no more than {@link ListPage#MOST}
     * @param after where the page before ended; empty for the first
     */
    public ListPage<AsideRow> setAside(String id, int limit, String after) {
        return db.call(tx -> {
            find(tx, id);
            return AsideList.page(tx, id, limit, after);
        });
    }

    /**
     * A page of the databases of a rollout's plan, each with its way, in the plan's order.
     *
     * @param limit how many at most; a page has no more than {@link ListPage#MOST}
     * @param after where the page before ended; empty for the first
     */
    public ListPage<PlannedRow> databases(String id, int limit, String after) {
        return db.call(tx -> PlannedList.page(tx, id, find(tx, id).getInteger(4), limit, after));
    }

    private static Row find(Db.Tx tx, String id) {
        var rows =
                tx.query(
                        """
                        SELECT r.bundle, r.plan_hash, r.summary, (SELECT envelope FROM event
                            WHERE stream = 'rollout/' || r.id AND version = 1), b.revisions
                        FROM rollout r
                        JOIN bundle b ON b.digest = r.bundle
                        WHERE r.id = $1
                        """,
                        id);
        if (rows.size() == 0) {
            throw new NotFoundException("there is no rollout " + id);
        }
        return rows.iterator().next();
    }

    /** As whoever asked for the rollout wrote it; empty in older ones. */
    private static String saving(byte[] created) {
        return Json.read(created, JsonNode.class).at("/payload/spec/backup").asText("");
    }
}
