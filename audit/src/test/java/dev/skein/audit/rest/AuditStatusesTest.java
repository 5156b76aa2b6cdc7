// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.audit.log.LogReads;
import dev.skein.engine.testing.ContainerCondition;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** By its status alone, a client tells what there is not from what cannot be done now. */
@QuarkusTest
@QuarkusTestResource(AuditStack.class)
@ExtendWith(ContainerCondition.class)
class AuditStatusesTest {
    private static final String ALL = "reader-viewer-auditor-operator";
    private static final int PLACES = 5;

    @TestHTTPResource("/")
    URI base = URI.create("/");

    @Inject LogReads reads;

    private HttpResponse<String> ask(String method, String path, String token)
            throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var request =
                    HttpRequest.newBuilder(base.resolve(path))
                            .method(method, BodyPublishers.noBody())
                            .header("Accept", "application/json, text/plain")
                            .header("Authorization", "Bearer " + token)
                            .build();
            return http.send(request, BodyHandlers.ofString());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/audit/entries/999999, reader-viewer-auditor-operator, 404, no such entry",
        "GET, /api/audit/entries/999999/proof, reader-viewer-auditor-operator, 404, no such entry",
        "POST, /api/audit/dead-letters/999/replay, reader-operator, 404, none waits under",
        "POST, /api/audit/dead-letters/999/drop, reader-operator, 404, none waits under",
        "GET, /api/audit/entries?limit=abc, reader-viewer, 400, abc",
        "GET, /api/audit/entries?below=1e9, reader-viewer, 400, a number in it is none",
        "GET, /api/audit/entries?index=x, reader-viewer, 400, a number in it is none",
        "GET, /api/audit/entries/x, reader-viewer, 400, a number in it is none",
        "POST, /api/audit/dead-letters/x/drop, reader-operator, 400, a number in it is none",
        "GET, /api/audit/drift/findings?after=WyJjb2hvcnRzIiwiYSJd, reader-viewer, 400, no place in"
                + " the list of findings",
        "GET, /api/audit/drift/cohorts?after=x, reader-viewer, 400, no place in the list of"
                + " cohorts",
        "GET, /api/audit/drift/cohorts?after=WyJjb2hvcnRzIiwiYSJd&limit=9, reader-viewer, 200, []",
        "GET, /api/audit/drift/findings?cohort=a&site=eu&name=x, reader-auditor, 200, []",
        "GET, /api/audit/entries?limit=1001, reader-viewer, 400, not from 1 to 1000",
        "GET, /api/audit/head, reader, 403, no role",
        "GET, /api/audit/head, refused-viewer, 401, no valid token",
        "GET, /api/audit/head, broken-viewer, 503, skein.audit.api-url",
        "GET, /api/audit/head, away-viewer, 503, skein.audit.api-url",
        "GET, /api/audit/head, another-viewer, 503, skein.audit.api-url",
    })
    void whatThereIsNot(String method, String path, String token, int status, String words)
            throws Exception {
        var answer = ask(method, path, token);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains(words);
    }

    @Test
    void whoFindsNoPlaceToReadMayTryAgain() throws Exception {
        var inside = new CountDownLatch(PLACES);
        var leave = new CountDownLatch(1);
        var readers = new ArrayList<FutureTask<Boolean>>();
        for (int i = 0; i < PLACES; i++) {
            var reader =
                    new FutureTask<>(() -> {
                        reads.before(() -> {
                            inside.countDown();
                            left(leave);
                        });
                        return true;
                    });
            readers.add(reader);
            Thread.ofVirtual().start(reader);
        }
        assertThat(inside.await(60, TimeUnit.SECONDS)).isTrue();
        try {
            var answer = ask("GET", "/api/audit/entries", ALL);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
            assertThat(answer.body()).contains("others were being answered");
        } finally {
            leave.countDown();
        }
        for (var reader : readers) {
            assertThat(reader.get()).isTrue();
        }
    }

    private static void left(CountDownLatch leave) {
        try {
            leave.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
