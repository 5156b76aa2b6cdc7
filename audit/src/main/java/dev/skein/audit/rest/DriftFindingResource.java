// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.rest;

import dev.skein.audit.drift.FindingViews;
import dev.skein.audit.log.LogReads;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is not as the record says it must be. */
@Path("/api/audit/drift")
@RolesAllowed({"viewer", "auditor"})
public class DriftFindingResource {
    private final LogReads reads;
    private final FindingViews findings;

    public DriftFindingResource(LogReads reads, FindingViews findings) {
        this.reads = reads;
        this.findings = findings;
    }

    /**
     * Cohorts of databases that differ alike.
     *
     * @param all also those that are over
     * @param cohort the beginning of its name; absent for all
     */
    @GET
    @RunOnVirtualThread
    public List<FindingViews.Cohort> list(
            @QueryParam("all") @DefaultValue("false") boolean all,
            @QueryParam("cohort") @Nullable String cohort) {
        return reads.call(tx -> findings.list(tx, !all, cohort));
    }
}
