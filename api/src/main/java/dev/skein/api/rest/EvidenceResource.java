// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.api.command.Roles;
import dev.skein.api.command.RolloutCommands;
import dev.skein.api.store.EvidenceStore;
import dev.skein.engine.Json;
import dev.skein.engine.SkeinException;
import dev.skein.engine.event.RehearsalEvidence;
import dev.skein.service.database.Db;
import dev.skein.service.rest.PlainText;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.event.Event;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;

/** What rehearsals showed. */
@Path("/api/evidence")
public class EvidenceResource {
    private static final int MOST = 10_000;

    private final Db db;
    private final EvidenceStore store;
    private final Event<RolloutCommands.Changed> changed;
    private final SecurityIdentity identity;

    public EvidenceResource(
            Db db,
            EvidenceStore store,
            Event<RolloutCommands.Changed> changed,
            SecurityIdentity identity) {
        this.db = db;
        this.store = store;
        this.changed = changed;
        this.identity = identity;
    }

    /** How many revisions it was about. */
    public record Taken(int revisions) {}

    /** Takes what {@code skein rehearse --json} printed. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.AUTHOR)
    @RunOnVirtualThread
    public Taken give(byte[] content) {
        PlainText.check(Json.read(content, JsonNode.class));
        var evidence = Json.read(content, RehearsalEvidence.class);
        check(evidence);
        db.run(tx -> store.put(tx, evidence, identity.getPrincipal().getName()));
        changed.fire(new RolloutCommands.Changed("")); // wakes the relay
        return new Taken(evidence.revisions().size());
    }

    private static void check(RehearsalEvidence evidence) {
        for (var one : evidence.revisions()) {
            if (!String.valueOf(one.checksum()).matches("[0-9a-f]{64}") || one.grade() == null) {
                throw SkeinException.usage(
                        "Evidence on " + one.revision(),
                        "it has no checksum or no grade",
                        "Send what skein rehearse --json prints");
            }
        }
        if (evidence.revisions().size() > MOST) {
            throw SkeinException.usage(
                    "Evidence", "it is about more than " + MOST + " revisions", "Send it in parts");
        }
    }
}
