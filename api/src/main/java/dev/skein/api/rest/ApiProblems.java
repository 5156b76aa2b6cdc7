// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.skein.api.security.WrongLogin;
import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.PgServerError;
import dev.skein.engine.postgres.Unreachable;
import dev.skein.service.problem.NotThere;
import dev.skein.service.rest.ProblemDocument;
import dev.skein.service.rest.WrongNumber;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.Objects;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Every failure as a problem document, without internals. */
public class ApiProblems {
    private static final Logger LOG = Logger.getLogger(ApiProblems.class);

    @ServerExceptionMapper
    Response skein(SkeinException e) {
        if (e instanceof Unreachable || tookTooLong(e) || e.code() == ErrorCode.INTERRUPTED) {
            LOG.warn(e.getMessage());
            return ProblemDocument.response(503, e.subject(), e.found(), "Try again");
        }
        if (e instanceof PgServerError) {
            return other(e);
        }
        return ProblemDocument.response(status(e), e.subject(), e.found(), e.remedy());
    }

    private static int status(SkeinException e) {
        return switch (e) {
            case NotThere _ -> 404;
            case WrongLogin _ -> 401;
            default -> e.code() == ErrorCode.USAGE ? 400 : 409;
        };
    }

    private static boolean tookTooLong(SkeinException e) {
        return e instanceof PgServerError error && error.isCancelled();
    }

    @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class})
    Response unauthorized(UriInfo uri) {
        if (uri.getPath().equals("/console")) {
            return Response.seeOther(URI.create("/console/login")).build();
        }
        return ProblemDocument.response(
                401, "Login", "there is no valid token with this request", "Log in: skein login");
    }

    @ServerExceptionMapper
    Response forbidden(ForbiddenException e) {
        return ProblemDocument.response(
                403, "Permission", "your account has no role for this", "Ask an admin");
    }

    @ServerExceptionMapper
    Response unreadable(JsonProcessingException e) {
        return ProblemDocument.response(400, "Request", e.getOriginalMessage(), "Correct the JSON");
    }

    @ServerExceptionMapper
    Response web(WebApplicationException e) {
        int status = e.getResponse().getStatus();
        if (e.getCause() instanceof JsonProcessingException json) {
            return unreadable(json);
        }
        return WrongNumber.in(e).orElseGet(() -> refused(e, status));
    }

    private static Response refused(WebApplicationException e, int status) {
        if (status == Response.Status.NOT_FOUND.getStatusCode()) {
            return ProblemDocument.response(
                    status,
                    "Request",
                    "there is nothing at this path",
                    "See what can be asked for: /q/openapi");
        }
        var title = Response.Status.fromStatusCode(status);
        return ProblemDocument.response(
                status, Objects.toString(title, "Request"), String.valueOf(e.getMessage()), "");
    }

    @ServerExceptionMapper
    Response other(RuntimeException e) {
        LOG.error("request failed", e);
        return ProblemDocument.response(
                500, "Skein", "an error inside; it is in the log", "Tell the operators");
    }
}
