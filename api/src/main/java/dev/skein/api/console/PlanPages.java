// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.console;

import dev.skein.api.command.Roles;
import dev.skein.api.query.RollbackPlanView;
import dev.skein.service.page.ListPage;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** All databases of a rollout's plan, for who asks for them: page by page. */
@Path("/console/rollouts/{id}/plan")
@Produces(MediaType.TEXT_HTML)
public class PlanPages {
    private static final int SHOWN = 200;

    private final RollbackPlanView plans;
    private final SecurityIdentity identity;

    public PlanPages(RollbackPlanView plans, SecurityIdentity identity) {
        this.plans = plans;
        this.identity = identity;
    }

    /** The pages; one template each. */
    @CheckedTemplate
    static final class Templates {
        private Templates() {}

        static native TemplateInstance databases(
                String account, String id, List<RollbackPlanView.PlannedRow> rows, String next);

        static native TemplateInstance setAside(
                String account, String id, List<RollbackPlanView.AsideRow> rows, String next);
    }

    private String account() {
        return identity.getPrincipal().getName();
    }

    /** Those in its waves. */
    @GET
    @Path("/databases")
    @RolesAllowed(Roles.VIEWER)
    @RunOnVirtualThread
    public TemplateInstance databases(
            @PathParam("id") String id, @QueryParam("after") @DefaultValue("") String after) {
        var page = plans.databases(id, SHOWN, after);
        return Templates.databases(account(), id, page.rows(), next(page));
    }

    /** Those that it leaves alone. */
    @GET
    @Path("/set-aside")
    @RolesAllowed(Roles.VIEWER)
    @RunOnVirtualThread
    public TemplateInstance setAside(
            @PathParam("id") String id, @QueryParam("after") @DefaultValue("") String after) {
        var page = plans.setAside(id, SHOWN, after);
        return Templates.setAside(account(), id, page.rows(), next(page));
    }

    private static String next(ListPage<?> page) {
        return page.next() == null ? "" : page.next();
    }
}
