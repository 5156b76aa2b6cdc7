// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.Response;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class AuditProblemsTest {
    private static void isTold(Response answer, int status, String words) {
        assertThat(answer.getStatus()).isEqualTo(status);
        assertThat(String.valueOf(answer.getEntity())).contains(words);
    }

    /** A scan of paths is no trouble of the service's. */
    @Test
    void whatIsNotThereIsAnswerEnough() {
        var problems = new AuditProblems();
        isTold(problems.web(new NotFoundException()), 404, "there is nothing at this path");
        isTold(problems.web(new NotAllowedException("GET")), 405, "Method Not Allowed");
        isTold(problems.web(new BadRequestException("no number")), 400, "no number");
    }
}
