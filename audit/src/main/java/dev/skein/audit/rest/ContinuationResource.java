// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.rest;

import dev.skein.audit.intake.LogIntake;
import dev.skein.audit.log.SignedCheckpoints;
import dev.skein.engine.SkeinException;
import dev.skein.service.database.Db;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** What was signed and the log does not have: whoever decides that it goes on has to see it. */
@Path("/api/audit/continuation")
public class ContinuationResource {
    private final Db db;
    private final SignedCheckpoints checkpoints;
    private final LogIntake intake;

    public ContinuationResource(Db db, SignedCheckpoints checkpoints, LogIntake intake) {
        this.db = db;
        this.checkpoints = checkpoints;
        this.intake = intake;
    }

    /**
     * How the log stands.
     *
     * @param note the checkpoint that it does not keep to
     * @param signed the size of that one
     * @param from the size that it goes on from
     * @param unread records in Kafka that are not in it yet
     */
    public record Standing(String note, long signed, long from, long unread) {}

    /** Refused where nothing is lost. */
    @GET
    @RolesAllowed({"viewer", "auditor"})
    @RunOnVirtualThread
    public Standing standing() {
        var lost =
                db.call(checkpoints::lost)
                        .orElseThrow(() ->
                                SkeinException.failed(
                                        "The log",
                                        "it has everything that was signed, or tells what it has"
                                                + " not",
                                        "There is nothing to decide; see: skein audit trouble"));
        return new Standing(lost.note(), lost.signed(), lost.from(), intake.lag());
    }
}
