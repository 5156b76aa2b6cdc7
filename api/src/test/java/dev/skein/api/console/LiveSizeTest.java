// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.api.query.FleetViews;
import dev.skein.api.query.RolloutViews;
import dev.skein.api.rest.ApiStack;
import dev.skein.engine.testing.ContainerCondition;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** However large a fleet and however much goes wrong, a page has at most 100 kB. */
@QuarkusTest
@ExtendWith(ContainerCondition.class)
@QuarkusTestResource(ApiStack.class)
class LiveSizeTest {
    private static final int MOST_BYTES = 100_000;
    private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");
    private static final String LONG = "ERROR: <something> \"is\" not as it should be; ".repeat(80);
    private static final List<String> EXAMPLES = many(5, n -> "eu/tenant_00000" + n);

    private static <T> List<T> many(int number, IntFunction<T> one) {
        return IntStream.range(0, number).mapToObj(one).toList();
    }

    private static RolloutViews.Detail rollout(int number, int kinds) {
        return new RolloutViews.Detail(
                "rollout-of-the-year-" + number,
                "halted",
                "3 of 100000 databases of wave rest failed, the budget is 2",
                "somebody",
                "somebody-else",
                "sha256:" + "0".repeat(64),
                "heads",
                "1".repeat(64),
                NOW,
                NOW,
                NOW,
                many(50, n -> new RolloutViews.WaveView("w" + n, 9999, 99, 9, 9, 9, n == 9)),
                many(kinds, n -> new RolloutViews.FailureView("42P0" + n, 99, LONG, EXAMPLES)),
                many(kinds, n -> new RolloutViews.AsideView(LONG, 99, EXAMPLES)),
                null,
                List.of());
    }

    private static FleetViews.Status status() {
        var heads = new TreeMap<String, Long>();
        many(20, n -> "3f2a9c41d7" + n).forEach(head -> heads.put(head, 5000L));
        return new FleetViews.Status(
                100_000,
                heads,
                Map.of("it cannot be reached", 12L),
                List.of(),
                many(
                        1000,
                        n ->
                                new FleetViews.AgentView(
                                        "eu-agent-" + n, "eu", 99, 9, NOW, NOW, false, 0, null)),
                List.of("the agents of eu do not look after the same servers"),
                Map.of(),
                List.of(),
                null);
    }

    private static FleetViews.DatabaseView database(int number) {
        return new FleetViews.DatabaseView(
                "0".repeat(32),
                "eu",
                "main",
                "tenant_%06d".formatted(number),
                List.of("3f2a9c41d7e0"),
                12,
                "6-15-" + "0".repeat(64),
                1,
                15,
                Map.of(),
                null,
                NOW,
                null);
    }

    private static RolloutViews.TargetView target(int number) {
        var name = "tenant_%06d".formatted(number);
        return new RolloutViews.TargetView("0", "eu", name, 1, "succeeded", 3L, null, null, 1234L);
    }

    private static int bytes(String page) {
        assertThat(page).doesNotContain("<something>");
        return page.getBytes(StandardCharsets.UTF_8).length;
    }

    @Test
    void theFirstPageHasAnEnd() {
        var rollouts = many(10, n -> rollout(n, 200));
        var databases = many(200, LiveSizeTest::database);
        var page = ConsoleResource.Templates.live(status(), rollouts, databases).render();
        assertThat(bytes(page)).isLessThan(MOST_BYTES);
        assertThat(page).contains("100 of 1000", "6 of 50", "3 of 200", "for 3 of 200 reasons");
    }

    @Test
    void aRolloutsPageHasAnEnd() {
        var targets = many(200, LiveSizeTest::target);
        var page = RolloutPages.Templates.live(rollout(1, 60), List.of("resume"), targets).render();
        assertThat(bytes(page)).isLessThan(MOST_BYTES);
    }
}
