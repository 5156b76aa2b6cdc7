// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.console;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.api.command.Roles;
import dev.skein.api.security.ApiTokenAuthentication;
import dev.skein.engine.SkeinException;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The record, searched. Proving it is for the command line, which needs no service. */
@Path("/console/audit")
@Produces(MediaType.TEXT_HTML)
public class AuditPages {
    private static final String ENTRIES = "/api/audit/entries";

    private final AuditService audit;
    private final SecurityIdentity identity;

    public AuditPages(AuditService audit, SecurityIdentity identity) {
        this.audit = audit;
        this.identity = identity;
    }

    /** What is asked for; empty fields do not matter. */
    public static class Asked {
        @QueryParam("database")
        public @Nullable String database;

        @QueryParam("rollout")
        public @Nullable String rollout;

        @QueryParam("revision")
        public @Nullable String revision;

        @QueryParam("actor")
        public @Nullable String actor;

        @QueryParam("kind")
        public @Nullable String kind;

        @QueryParam("since")
        public @Nullable String since;

        @QueryParam("until")
        public @Nullable String until;

        String query() {
            var parts = new LinkedHashMap<String, @Nullable String>();
            parts.put("database", database);
            parts.put("rollout", rollout);
            parts.put("revision", revision);
            parts.put("actor", actor);
            parts.put("kind", kind);
            parts.put("since", since);
            parts.put("until", until);
            var query = new StringBuilder("?limit=100");
            parts.forEach((name, value) -> {
                if (value != null && !value.isBlank()) {
                    var encoded = URLEncoder.encode(value.strip(), StandardCharsets.UTF_8);
                    query.append('&').append(name).append('=').append(encoded);
                }
            });
            return query.toString();
        }
    }

    /** An entry in a list. */
    public record Line(
            long index, String at, String what, String source, String actor, String about) {}

    /** The pages; one template each. */
    @CheckedTemplate
    static final class Templates {
        private Templates() {}

        static native TemplateInstance search(
                String account, String message, Asked asked, List<Line> entries);

        static native TemplateInstance entry(String account, long index, String text);
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @RunOnVirtualThread
    public TemplateInstance search(
            @BeanParam Asked asked,
            @CookieParam(ApiTokenAuthentication.COOKIE) @Nullable String token) {
        var lines = new ArrayList<Line>();
        var account = identity.getPrincipal().getName();
        try {
            for (var entry : audit.get(ENTRIES + asked.query(), token == null ? "" : token)) {
                lines.add(line(entry));
            }
            return Templates.search(account, "", asked, lines);
        } catch (SkeinException e) {
            return Templates.search(account, RolloutPages.inWords(e), asked, lines);
        }
    }

    private static Line line(JsonNode entry) {
        var says = entry.path("says");
        var about = new ArrayList<String>();
        for (var name : List.of("revision", "rollout", "outcome", "signature")) {
            if (says.has(name)) {
                about.add(says.path(name).asText());
            }
        }
        return new Line(
                entry.path("index").asLong(),
                says.path("at").asText(),
                says.path("kind").asText(says.path("type").asText()),
                entry.path("source").asText(),
                says.path("actor").asText(),
                String.join(" ", about));
    }

    @GET
    @Path("/{index: \\d+}")
    @RolesAllowed(Roles.VIEWER)
    @RunOnVirtualThread
    public TemplateInstance entry(
            @PathParam("index") long index,
            @CookieParam(ApiTokenAuthentication.COOKIE) @Nullable String token) {
        var entry = audit.get(ENTRIES + "/" + index, token == null ? "" : token);
        return Templates.entry(identity.getPrincipal().getName(), index, entry.toPrettyString());
    }
}
