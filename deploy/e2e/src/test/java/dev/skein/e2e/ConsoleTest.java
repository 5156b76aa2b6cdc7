// SPDX-License-Identifier: Apache-2.0
package dev.skein.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.options.AriaRole;
import dev.skein.engine.postgres.PgClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The console as somebody uses it who has a keyboard and no mouse. */
class ConsoleTest {
    private static final int LONG = 60_000;
    private static final Duration BOUND = Duration.ofMinutes(2);
    private static @Nullable RunningStack running;
    private static @Nullable Playwright playwright;
    private static @Nullable Browser browser;
    private static PgClient client = PgClient.create();

    private final List<String> complaints = new ArrayList<>();

    private static Optional<Path> chromium() {
        return Stream.of(System.getenv("PATH").split(":"))
                .flatMap(folder ->
                        Stream.of("chromium", "chromium-browser", "google-chrome")
                                .map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(chromium().isPresent(), "there is no Chromium on this machine");
        var stack = new RunningStack();
        running = stack;
        stack.account("olga", List.of("operator", "viewer"));
        stack.account("vic", List.of("viewer"));
        var made =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        playwright = made;
        browser =
                made.chromium()
                        .launch(
                                new LaunchOptions()
                                        .setExecutablePath(chromium().orElseThrow())
                                        .setArgs(List.of("--no-sandbox")));
    }

    @AfterAll
    static void stop() throws Exception {
        client.close();
        if (playwright != null) {
            playwright.close();
        }
        if (running != null) {
            running.close();
        }
    }

    private static RunningStack stack() {
        return Objects.requireNonNull(running);
    }

    /** Logs somebody in, by keyboard, in a window of that person's own. */
    private Page enter(String name) {
        var page = Objects.requireNonNull(browser).newContext().newPage();
        page.setDefaultTimeout(LONG);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && !message.text().contains("401")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.navigate(stack().stack.apiUrl() + "/console");
        assertThat(page).hasURL(Pattern.compile(".*/console/login"));
        assertThat(page.getByLabel("Name")).isFocused();
        page.keyboard().type(name);
        page.keyboard().press("Tab");
        page.keyboard().type(stack().stack.secrets().get(name));
        page.keyboard().press("Enter");
        assertThat(page).hasURL(Pattern.compile(".*/console$"));
        return page;
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    /** Presses what has a name, with the keyboard. */
    private static void press(Page page, AriaRole role, String name) {
        var found = page.getByRole(role, new Page.GetByRoleOptions().setName(name)).first();
        found.focus();
        page.keyboard().press("Enter");
    }

    private static void open(Page page, String rollout) {
        press(page, AriaRole.LINK, rollout);
        assertThat(
                        page.getByRole(AriaRole.HEADING)
                                .filter(new Locator.FilterOptions().setHasText(rollout))
                                .first())
                .isVisible();
    }

    private static void command(Page page, String verb, @Nullable String reason) {
        press(page, AriaRole.LINK, verb);
        if (reason != null) {
            page.getByLabel("Reason").fill(reason);
        }
        page.getByLabel("I mean").press("Space");
        button(page, verb.equals("Rollback") ? "Roll back" : verb).press("Enter");
    }

    private static void live(Page page, String text) {
        assertThat(page.locator("#live"))
                .containsText(text, new ContainsTextOptions().setTimeout(LONG));
    }

    private static void everyFieldHasAName(Page page) {
        var unnamed =
                page.evaluate(
                        "() => [...document.querySelectorAll('input:not([type=hidden]), select,"
                                + " textarea')].filter(e => !e.labels.length).map(e =>"
                                + " e.name)");
        assertThat(unnamed).isEqualTo(List.of());
        assertThat(page.locator("html").getAttribute("lang")).isEqualTo("en");
    }

    @Test
    void aRolloutIsApprovedWatchedPausedAndTakenBack() throws Exception {
        var fleet = new TestFleet(stack().stack, client, "console", 2);
        fleet.propose(stack().home.data().resolve("e2e-console"), 0.3);
        var plan = TestFleet.ask("rollout", "plan", fleet.id(), "--wait", "120");
        assertThat(plan.path("unknown").size())
                .as("ways back that were not rehearsed, in %s", plan)
                .isZero();
        var second = enter("second");
        open(second, fleet.id());
        everyFieldHasAName(second);
        press(second, AriaRole.LINK, "Approve");
        assertThat(second.getByText("You approve exactly this plan")).isVisible();
        button(second, "Approve").press("Enter"); // the box is not checked: nothing is sent
        assertThat(second).hasURL(Pattern.compile(".*/approve"));
        everyFieldHasAName(second);
        second.getByLabel("I mean").press("Space");
        button(second, "Approve").press("Enter");
        live(second, "running");

        var olga = enter("olga");
        open(olga, fleet.id());
        command(olga, "Pause", "lunch");
        live(olga, "paused");
        live(second, "paused"); // without being asked to
        command(olga, "Resume", "back");
        live(olga, "completed");
        live(second, "completed");

        olga.reload();
        press(olga, AriaRole.LINK, "Rollback");
        assertThat(olga.locator("main")).containsText("4 databases would be taken back");
        assertThat(olga.locator("main")).containsText("public.counter");
        everyFieldHasAName(olga);
        olga.getByLabel("Reason").fill("it was the wrong day");
        olga.getByLabel("I mean").press("Space");
        button(olga, "Roll back").press("Enter");
        assertThat(olga).hasURL(Pattern.compile(".*/" + fleet.id() + "-rollback"));
        live(olga, "completed");
        audited(olga, fleet.id());
        assertThat(complaints).isEmpty();
    }

    private static void audited(Page page, String rollout) {
        press(page, AriaRole.LINK, "Audit");
        page.getByLabel("Rollout").fill(rollout);
        page.getByLabel("Rollout").press("Enter");
        assertThat(page.locator("tbody")).containsText("rollout.Paused");
        assertThat(page.locator("tbody")).containsText("olga");
        everyFieldHasAName(page);
        page.locator("tbody a").first().press("Enter");
        assertThat(page.locator("pre")).containsText(rollout);
    }

    /** The page about drift, as somebody sees it. */
    private Page drift(String name) {
        var page = enter(name);
        press(page, AriaRole.LINK, "Drift");
        page.waitForURL("**/console/drift"); // the first one after a start takes its time
        var heading = new Page.GetByRoleOptions().setName("Drift");
        assertThat(page.getByRole(AriaRole.HEADING, heading)).isVisible();
        return page;
    }

    @Test
    void driftIsSeenAndDecidedOn() throws Exception {
        var fleet = new TestFleet(stack().stack, client, "drifting", 1);
        fleet.begin(stack().home.data().resolve("e2e-drifting"), 0);
        fleet.awaitStatus("completed", BOUND);
        try (var session =
                client.open(stack().stack.address("eu", "tenant_drifting1"), "e2e", Map.of())) {
            session.script("CREATE INDEX by_hand ON counter (n)", BOUND);
        }
        var vic = drift("vic");
        await().atMost(BOUND)
                .until(() -> {
                    vic.reload();
                    return vic.locator("main").innerText().contains("public.by_hand");
                });
        assertThat(button(vic, "Adopt")).hasCount(0); // a viewer only looks
        var olga = drift("olga");
        everyFieldHasAName(olga);
        olga.getByLabel("Reason to adopt").fill("it is a good index");
        button(olga, "Adopt").press("Enter");
        await().atMost(BOUND)
                .until(() -> {
                    olga.reload();
                    return olga.locator("main").innerText().contains("Nothing");
                });
        assertThat(olga.getByRole(AriaRole.ALERT))
                .hasCount(0); // it is no "nothing" for want of an answer
        assertThat(complaints).isEmpty();
    }

    @Test
    void formsOfOtherPagesAreRefused() throws Exception {
        try (var http = java.net.http.HttpClient.newHttpClient()) {
            var url = java.net.URI.create(stack().stack.apiUrl() + "/console/login");
            for (var origin : List.of("http://evil.example", "null")) {
                var request =
                        java.net.http.HttpRequest.newBuilder(url)
                                .header("Origin", origin)
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(
                                        java.net.http.HttpRequest.BodyPublishers.ofString(
                                                "name=olga&password="
                                                        + stack().stack.secrets().get("olga")))
                                .build();
                var answer = http.send(request, java.net.http.HttpResponse.BodyHandlers.ofString());
                assertThat(answer.statusCode()).as(origin).isEqualTo(403);
            }
        }
    }

    @Test
    void anAbortNeedsAReasonAndARefusalIsSaid() throws Exception {
        var fleet = new TestFleet(stack().stack, client, "refusing", 1);
        fleet.propose(stack().home.data().resolve("e2e-refusing"), 0);
        var olga = enter("olga");
        open(olga, fleet.id());
        command(olga, "Abort", "not today");
        live(olga, "aborted");
        olga.navigate(stack().stack.apiUrl() + "/console/rollouts/" + fleet.id() + "/resume");
        olga.getByLabel("Reason").fill("after all");
        olga.getByLabel("I mean").press("Space");
        button(olga, "Resume").press("Enter");
        assertThat(olga.getByRole(AriaRole.ALERT)).containsText("it is aborted");
        assertThat(complaints).hasSize(1).allMatch(words -> words.contains("409"));
    }
}
