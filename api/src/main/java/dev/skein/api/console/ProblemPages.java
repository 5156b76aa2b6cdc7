// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.console;

import dev.skein.service.rest.ProblemDocument;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MediaType;
import java.lang.annotation.Annotation;
import java.util.Objects;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** What is wrong with a request is a page in the console, where a person reads it. */
public class ProblemPages {
    /** The page. */
    @CheckedTemplate
    static final class Templates {
        private Templates() {}

        static native TemplateInstance problem(String title, String detail, String remedy);
    }

    /** Puts the page in the place of the document that programs read. */
    @ServerResponseFilter
    public void show(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getEntity() instanceof ProblemDocument problem
                && request.getUriInfo().getPath().startsWith("/console")) {
            var remedy = Objects.requireNonNullElse(problem.remedy(), "");
            var page = Templates.problem(problem.title(), problem.detail(), remedy).render();
            response.setEntity(page, new Annotation[0], MediaType.TEXT_HTML_TYPE);
        }
    }
}
