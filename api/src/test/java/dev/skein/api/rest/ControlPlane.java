// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.skein.api.command.Roles;
import dev.skein.engine.bundle.Bundle;
import dev.skein.engine.event.Directive;
import dev.skein.engine.testing.ContainerCondition;
import io.quarkus.test.common.QuarkusTestResource;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** The api with a broker, a database and an agent that the test plays, and people who log in. */
@ExtendWith(ContainerCondition.class)
@QuarkusTestResource(ApiStack.class)
abstract class ControlPlane {
    static final String PASSWORD = "a long password";
    static final Bundle BUNDLE =
            Bundle.of(
                    List.of(
                            new Bundle.Item(
                                    "1.sql",
                                    "--@ revision: a\n--@ upgrade\nSELECT 1;\n--@ downgrade\n"
                                            + "SELECT 0;"),
                            new Bundle.Item(
                                    "2.sql",
                                    "--@ revision: b\n--@ revises: a\n--@ upgrade\nSELECT 2;\n"
                                            + "--@ downgrade\nSELECT 0;")));

    /** Tests share the control plane: each class has names of its own. */
    private static final Map<String, Class<?>> FLEETS = new ConcurrentHashMap<>();

    FakeAgent agent = new FakeAgent(bootstrap(), "eu");

    static String bootstrap() {
        return ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class);
    }

    @BeforeEach
    void accounts() {
        agent.close();
        agent = new FakeAgent(bootstrap(), "eu");
        account("ann", Roles.AUTHOR, Roles.VIEWER);
        account("bob", Roles.APPROVER, Roles.VIEWER);
        account("joe", Roles.OPERATOR, Roles.VIEWER);
        account("vic", Roles.VIEWER);
        as("ann")
                .contentType("application/vnd.skein.bundle")
                .header("Skein-Digest", BUNDLE.digest())
                .body(BUNDLE.bytes())
                .post("/api/bundles")
                .then()
                .statusCode(200)
                .body("heads", equalTo(List.of("b")));
    }

    @AfterEach
    void close() {
        agent.close();
    }

    static void account(String name, String... roles) {
        token("admin", ApiStack.ADMIN)
                .contentType(ContentType.JSON)
                .body(Map.of("password", PASSWORD, "roles", Set.of(roles)))
                .put("/api/accounts/" + name)
                .then()
                .statusCode(204);
    }

    static RequestSpecification as(String name) {
        return token(name, name.equals("admin") ? ApiStack.ADMIN : PASSWORD);
    }

    static RequestSpecification token(String name, String password) {
        var token =
                given().contentType(ContentType.JSON)
                        .body(Map.of("name", name, "password", password))
                        .post("/api/login")
                        .then()
                        .statusCode(200)
                        .extract()
                        .<String>path("token");
        return given().header("Authorization", "Bearer " + token);
    }

    void fleet(String prefix, int size) {
        var owner = FLEETS.putIfAbsent(prefix, getClass());
        assertThat(owner).as("who else calls databases %s", prefix).isIn(null, getClass());
        agent.beat();
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() ->
                        assertThat(as("vic").get("/api/status").jsonPath().getList("agents"))
                                .isNotEmpty());
        for (int i = 0; i < size; i++) {
            agent.report(prefix + i, null);
        }
        expectNamed(prefix, size);
    }

    static void expectNamed(String prefix, int size) {
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() ->
                        assertThat(
                                        as("vic")
                                                .queryParam("select", "name = " + prefix + "*")
                                                .get("/api/databases")
                                                .jsonPath()
                                                .getList("name"))
                                .hasSize(size));
    }

    static Map<String, Object> spec(String id, String select, Object... waves) {
        return Map.of(
                "rollout",
                id,
                "bundle",
                BUNDLE.digest().substring(0, 20),
                "select",
                select,
                "waves",
                List.of(waves));
    }

    static void create(String id, String prefix, Object... waves) {
        as("ann")
                .contentType(ContentType.JSON)
                .body(spec(id, "name = " + prefix + "*", waves))
                .post("/api/rollouts")
                .then()
                .log()
                .ifValidationFails()
                .statusCode(200);
    }

    static void approve(String id) {
        var hash = as("vic").get("/api/rollouts/" + id + "/plan").jsonPath().getString("hash");
        as("bob")
                .contentType(ContentType.JSON)
                .body(Map.of("planHash", hash))
                .post("/api/rollouts/" + id + "/approve")
                .then()
                .statusCode(204);
    }

    static void expect(String id, String status) {
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() ->
                        as("vic")
                                .get("/api/rollouts/" + id)
                                .then()
                                .body("status", equalTo(status)));
    }

    void expectOpen(int number, Directive.Action action) {
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() ->
                        assertThat(agent.directives().values())
                                .hasSize(number)
                                .allMatch(d -> d.action() == action));
    }

    static String nameOf(String prefix, String uid) {
        for (int i = 0; i < 100; i++) {
            if (FakeAgent.uid(prefix + i).equals(uid)) {
                return prefix + i;
            }
        }
        throw new IllegalArgumentException(uid);
    }

    static io.restassured.response.ValidatableResponse rollback(
            String who, String id, Map<String, Object> asked) {
        return as(who).contentType(ContentType.JSON)
                .body(asked)
                .post("/api/rollouts/" + id + "/rollback")
                .then();
    }
}
