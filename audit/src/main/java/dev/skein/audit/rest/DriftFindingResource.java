// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.rest;

import dev.skein.audit.drift.FindingFilter;
import dev.skein.audit.drift.FindingPages;
import dev.skein.audit.drift.FindingViews;
import dev.skein.audit.log.LogReads;
import dev.skein.service.rest.PageAnswer;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** What is not as the record says it must be. */
@Path("/api/audit/drift")
@RolesAllowed({"viewer", "auditor"})
public class DriftFindingResource {
    private final LogReads reads;
    private final FindingViews findings;
    private final FindingPages pages;

    public DriftFindingResource(LogReads reads, FindingViews findings, FindingPages pages) {
        this.reads = reads;
        this.findings = findings;
        this.pages = pages;
    }

    /** What a request asks for; parameters that are missing do not matter. */
    public static class Wanted {
        @QueryParam("all")
        @DefaultValue("false")
        boolean all;

        @QueryParam("cohort")
        @Nullable String cohort;

        @QueryParam("site")
        @Nullable String site;

        @QueryParam("name")
        @Nullable String name;

        @QueryParam("after")
        @DefaultValue("")
        String after = "";

        FindingFilter filter() {
            return new FindingFilter(!all, cohort, site, name);
        }
    }

    /** Cohorts of databases that differ alike, each with how many they are and some of them. */
    @GET
    @Path("/cohorts")
    @RunOnVirtualThread
    public RestResponse<List<FindingPages.CohortSummary>> cohorts(
            @BeanParam Wanted wanted,
            @QueryParam("limit") @DefaultValue("50") int limit,
            @Context UriInfo asked) {
        var filter = wanted.filter();
        return PageAnswer.of(
                reads.call(tx -> pages.cohorts(tx, filter, limit, wanted.after)), asked);
    }

    /** Databases that are not as they were left, those that differ alike behind each other. */
    @GET
    @Path("/findings")
    @RunOnVirtualThread
    public RestResponse<List<FindingViews.Finding>> findings(
            @BeanParam Wanted wanted,
            @QueryParam("limit") @DefaultValue("500") int limit,
            @Context UriInfo asked) {
        var filter = wanted.filter();
        return PageAnswer.of(
                reads.call(tx -> pages.findings(tx, filter, limit, wanted.after)), asked);
    }

    /**
     * Cohorts of databases that differ alike, at most some thousand databases: for clients of the
     * version before.
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
