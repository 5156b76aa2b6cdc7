// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.rest;

import dev.skein.audit.drift.Findings;
import dev.skein.audit.log.Reads;
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
public class DriftResource {
    private final Reads reads;
    private final Findings findings;

    public DriftResource(Reads reads, Findings findings) {
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
    public List<Findings.Cohort> list(
            @QueryParam("all") @DefaultValue("false") boolean all,
            @QueryParam("cohort") @Nullable String cohort) {
        return reads.call(tx -> findings.list(tx, !all, cohort));
    }
}
