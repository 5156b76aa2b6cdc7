// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.console;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.api.command.DriftDecisions;
import dev.skein.api.command.Roles;
import dev.skein.api.security.ApiTokenAuthentication;
import dev.skein.engine.Json;
import dev.skein.engine.SkeinException;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is not as the record says it must be, and what becomes of it. */
@Path("/console/drift")
@Produces(MediaType.TEXT_HTML)
public class DriftPages {
    private static final String COHORTS = "/api/audit/drift/cohorts";
    private static final String FINDINGS = "/api/audit/drift/findings?cohort=";

    private final AuditService audit;
    private final DriftDecisions drift;
    private final SecurityIdentity identity;
    private final Clock clock;

    public DriftPages(
            AuditService audit, DriftDecisions drift, SecurityIdentity identity, Clock clock) {
        this.audit = audit;
        this.drift = drift;
        this.identity = identity;
        this.clock = clock;
    }

    /** What differs of an object. */
    public record Change(
            String kind, String name, String change, Map<String, List<String>> attributes) {}

    /** What a cohort differs in. */
    public record Differences(List<Change> changes, List<String> fix) {}

    /** A database. */
    public record Found(
            String uid,
            String site,
            String name,
            String cohort,
            String observed,
            @Nullable String fineAt,
            String firstSeen,
            String lastSeen) {}

    /**
     * Databases that differ alike.
     *
     * @param number how many they are
     * @param databases some of them
     */
    public record Cohort(
            String cohort, long number, List<Found> databases, Differences differences) {}

    /** The page. */
    @CheckedTemplate
    static final class Templates {
        private Templates() {}

        static native TemplateInstance list(
                String account, String message, boolean operator, List<Cohort> cohorts);
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @RunOnVirtualThread
    public TemplateInstance list(
            @CookieParam(ApiTokenAuthentication.COOKIE) @Nullable String token) {
        return page("", token);
    }

    private TemplateInstance page(String message, @Nullable String token) {
        var account = identity.getPrincipal().getName();
        var operator = identity.hasRole(Roles.OPERATOR);
        try {
            return Templates.list(account, message, operator, cohorts(token));
        } catch (SkeinException e) {
            return Templates.list(account, RolloutPages.inWords(e), operator, List.of());
        }
    }

    /** The largest first, of the first page. */
    private List<Cohort> cohorts(@Nullable String token) {
        var cohorts = new ArrayList<Cohort>();
        for (JsonNode one : audit.get(COHORTS, token == null ? "" : token)) {
            cohorts.add(Json.read(one.toString(), Cohort.class));
        }
        cohorts.sort(Comparator.comparingLong((Cohort one) -> -one.number()));
        return cohorts;
    }

    @POST
    @Path("/{cohort: [0-9a-f]+}")
    @RolesAllowed(Roles.OPERATOR)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @RunOnVirtualThread
    public Response decide(
            @PathParam("cohort") String cohort,
            @FormParam("what") @Nullable String what,
            @FormParam("reason") @Nullable String reason,
            @FormParam("days") @Nullable Integer days,
            @CookieParam(ApiTokenAuthentication.COOKIE) @Nullable String token) {
        try {
            decide(what, drifted(cohort, token), reason, days == null ? 0 : days);
            return Response.seeOther(URI.create("/console/drift")).build();
        } catch (SkeinException e) {
            return Response.status(409).entity(page(RolloutPages.inWords(e), token)).build();
        }
    }

    private List<DriftDecisions.Drifted> drifted(String cohort, @Nullable String token) {
        var databases = new ArrayList<DriftDecisions.Drifted>();
        for (var one : audit.list(FINDINGS + cohort, token == null ? "" : token)) {
            var found = Json.read(one.toString(), Found.class);
            if (found.cohort().equals(cohort)) { // else it only begins so
                databases.add(new DriftDecisions.Drifted(found.uid(), found.observed()));
            }
        }
        return databases;
    }

    private void decide(
            @Nullable String what,
            List<DriftDecisions.Drifted> databases,
            @Nullable String reason,
            int days) {
        if ("ignore".equals(what)) {
            var until = clock.instant().plus(Duration.ofDays(days));
            drift.ignore(new DriftDecisions.Asked(databases, reason, until));
        } else if ("adopt".equals(what)) {
            drift.adopt(new DriftDecisions.Asked(databases, reason, null));
        } else {
            throw SkeinException.usage("Drift", "nothing was decided", "Adopt or ignore it");
        }
    }
}
