// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rest;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.skein.service.rest.PlainText;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A text that no database, log or terminal takes is refused at the door, whichever it is. */
@QuarkusTest
class PlainTextTest extends ControlPlane {
    private static void refused(String who, String path, Object body, String part) {
        as(who).contentType(ContentType.JSON)
                .body(body)
                .post(path)
                .then()
                .statusCode(400)
                .body("detail", containsString(part));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\0b", "a\u001b[2Jb", "a\u0085b"})
    void controlCharactersAreRefusedAtEachDoor(String text) {
        var found = "holds U+%04X".formatted(text.codePointAt(1));
        var reason = Map.of("reason", text);
        for (var verb : List.of("pause", "resume", "abort", "rollback")) {
            refused("joe", "/api/rollouts/x/" + verb, reason, found);
        }
        var one = List.of(Map.of("uid", FakeAgent.uid("x"), "observed", "5-15-" + "a".repeat(64)));
        refused("joe", "/api/drift/adopt", Map.of("databases", one, "reason", text), found);
        refused("bob", "/api/rollouts/x/approve", Map.of("planHash", text), found);
        refused("ann", "/api/rollouts", spec("texts", "name = " + text), found);
        refused("ann", "/api/rollouts", spec("texts", "", Map.of("name", text)), found);
        var evidence = Map.of("revisions", List.of(Map.of("revision", text)));
        refused("ann", "/api/evidence", evidence, found);
        as("vic")
                .queryParam("select", "name = " + text)
                .get("/api/databases")
                .then()
                .statusCode(400)
                .body("detail", containsString(found));
    }

    private static void refusedInConsole(
            String who, String page, String field, String text, String part) {
        as(who).redirects()
                .follow(false)
                .contentType(ContentType.URLENC.withCharset(StandardCharsets.UTF_8))
                .formParam(field, text)
                .formParam("sure", "yes")
                .post("/console/" + page)
                .then()
                .statusCode(400)
                .contentType(ContentType.HTML)
                .body(containsString(part))
                .body(containsString("Back to the console"));
    }

    private static final Map<String, List<String>> FORMS =
            Map.of(
                    "login", List.of("name", "password"),
                    "drift/00", List.of("what", "reason", "days"),
                    "rollouts/x/approve", List.of("plan", "sure"),
                    "rollouts/x/pause", List.of("reason", "sure"),
                    "rollouts/x/resume", List.of("reason", "aside", "sure"),
                    "rollouts/x/abort", List.of("reason", "sure"),
                    "rollouts/x/rollback",
                            List.of("reason", "wave", "database", "way", "seen", "sure"));

    @ParameterizedTest
    @ValueSource(strings = {"a\0b", "a\u001b[2Jb", "a\u0085b"})
    void controlCharactersAreRefusedInEveryFormOfTheConsole(String text) {
        var found = "holds U+%04X".formatted(text.codePointAt(1));
        FORMS.forEach((page, fields) -> {
            var who = page.endsWith("approve") ? "bob" : "joe";
            fields.forEach(field -> refusedInConsole(who, page, field, text, found));
        });
    }

    @Test
    void tooLongATextIsRefusedInEveryFormOfTheConsole() {
        var text = "x".repeat(PlainText.LONGEST + 1);
        FORMS.forEach((page, fields) -> {
            var who = page.endsWith("approve") ? "bob" : "joe";
            fields.forEach(field -> refusedInConsole(who, page, field, text, "characters"));
        });
    }

    @Test
    void aHalfOfACharacterIsNoText() {
        refused("joe", "/api/rollouts/x/pause", "{\"reason\": \"a\\ud800b\"}", "holds U+D800");
    }

    @Test
    void tooLongATextIsRefusedWithItsLength() {
        var name = "x".repeat(PlainText.LONGEST + 1);
        as("vic").queryParam("rollout", name).get("/api/backups").then().statusCode(400);
        refused("joe", "/api/rollouts/x/pause", Map.of("reason", name), "4001 characters");
    }

    @Test
    void linesAndEveryWritingAreTexts() {
        var text = "because of\r\n\tüñî 猫 😀";
        PlainText.check("reason", text);
        as("joe")
                .contentType(ContentType.JSON)
                .body(Map.of("reason", text))
                .post("/api/rollouts/nosuch/pause")
                .then()
                .statusCode(404)
                .body("detail", equalTo("there is none"));
    }
}
