// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.rest;

import dev.skein.service.page.ListPage;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.jboss.resteasy.reactive.RestResponse;

/** Pages as answers: the rows, and the way to the next page as a header {@code Link}. */
public final class PageAnswer {
    private PageAnswer() {}

    public static <T> RestResponse<List<T>> of(ListPage<T> page, UriInfo asked) {
        return of(page, "after", asked);
    }

    /**
     * The same.
     *
     * @param parameter what a page's beginning is asked for with
     */
    public static <T> RestResponse<List<T>> of(ListPage<T> page, String parameter, UriInfo asked) {
        var answer = RestResponse.ResponseBuilder.ok(page.rows());
        if (page.next() != null) {
            var next =
                    asked.getRequestUriBuilder().replaceQueryParam(parameter, page.next()).build();
            var path = next.getRawPath() + "?" + next.getRawQuery();
            answer.header("Link", "<" + path + ">; rel=\"next\"");
        }
        return answer.build();
    }
}
