// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skein.engine.event.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class RequestLanesTest {
    private static final Duration NOW = Duration.ZERO;
    private static final Duration LATER = Duration.ofHours(1);
    private static final Request.Ask REHEARSE = new Request.Rehearse("sha256:0", List.of("a"));
    private static final Request.Ask TRY = new Request.TryBackup("0");
    private static final Request.Ask ESTIMATE = new Request.Estimate(List.of(), "");

    private final List<String> done = new CopyOnWriteArrayList<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();

    private RequestLanes lanes() {
        return lanes(this::note);
    }

    private RequestLanes lanes(Consumer<PendingRequest> work) {
        return new RequestLanes(
                work, (asked, why) -> refused.add(asked.request().id() + ": " + why));
    }

    private static PendingRequest request(String id, Request.Ask ask, Duration left) {
        return PendingRequest.within(new Request(id, "0".repeat(32), Instant.EPOCH, ask), left);
    }

    private void note(PendingRequest asked) {
        done.add(asked.request().id());
    }

    /** Works when it is let go; others than rehearsals at once. */
    private Consumer<PendingRequest> behind(CountDownLatch gate) {
        return asked -> {
            try {
                if (asked.request().ask() instanceof Request.Rehearse) {
                    gate.await();
                }
                note(asked);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    @Test
    void rehearsalsWaitForEachOtherAndNobodyElseForThem() throws InterruptedException {
        var gate = new CountDownLatch(1);
        try (var lanes = lanes(behind(gate))) {
            for (int i = 0; i < 20; i++) {
                lanes.take(request("r" + i, REHEARSE, LATER));
            }
            assertThat(lanes.isFull()).isFalse();
            lanes.take(request("e", ESTIMATE, LATER));
            await().until(() -> done.equals(List.of("e")));
            for (int i = 0; i < 3; i++) {
                lanes.take(request("t" + i, TRY, LATER));
            }
            await().until(() -> done.equals(List.of("e", "t0", "t1", "t2")));
            gate.countDown();
            await().until(() -> done.size() == 24);
            assertThat(done.subList(4, 24))
                    .isEqualTo(IntStream.range(0, 20).mapToObj(i -> "r" + i).toList());
        }
        assertThat(refused).isEmpty();
    }

    @Test
    void whoseTimeIsOverByTheirTurnIsToldSo() throws InterruptedException {
        try (var lanes = lanes()) {
            lanes.take(request("late", TRY, NOW));
            lanes.take(request("late too", ESTIMATE, NOW));
            lanes.take(request("in time", TRY, LATER));
            lanes.take(request("in time too", ESTIMATE, LATER));
            await().until(() -> done.size() == 2 && refused.size() == 2);
            assertThat(done).containsExactlyInAnyOrder("in time", "in time too");
            assertThat(refused)
                    .containsExactlyInAnyOrder(
                            "late: its time was over before its turn came",
                            "late too: its time was over before its turn came");
        }
    }

    /** Nobody waits for the end of a rehearsal to hear that another one is too late. */
    @Test
    void whoseTimeIsOverWhileTheyWaitIsToldAtOnce() throws InterruptedException {
        var gate = new CountDownLatch(1);
        try (var lanes = lanes(behind(gate))) {
            lanes.take(request("works", REHEARSE, LATER));
            lanes.take(request("waits", REHEARSE, NOW.plusMillis(50)));
            await().until(() -> refused.size() == 1);
            assertThat(refused).containsExactly("waits: its time was over before its turn came");
            gate.countDown();
            lanes.take(request("next", REHEARSE, LATER));
            await().until(() -> done.equals(List.of("works", "next")));
        }
    }

    @Test
    void whoeverIsNotWorkedOnIsTold() throws InterruptedException {
        var gate = new CountDownLatch(1);
        try (var lanes = lanes(behind(gate))) {
            lanes.take(request("r", REHEARSE, LATER));
            for (int i = 0; i <= RequestLanes.MOST_WAITING; i++) {
                lanes.take(request("r" + i, REHEARSE, LATER));
            }
            await().until(() -> !refused.isEmpty());
            assertThat(refused)
                    .allMatch(said ->
                            said.endsWith("too many wait already for this agent's scratch server"));
        }
        assertThat(
                        refused.stream()
                                .filter(said ->
                                        said.endsWith(
                                                "this agent was stopped before its turn came")))
                .hasSize(RequestLanes.MOST_WAITING);
        assertThat(refused).hasSize(RequestLanes.MOST_WAITING + 1);
        assertThat(done).isEmpty();
    }

    @Test
    void asManyOthersAsThereIsRoomForAreTaken() throws InterruptedException {
        var gate = new CountDownLatch(1);
        Consumer<PendingRequest> work =
                request -> {
                    try {
                        gate.await();
                        note(request);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                };
        try (var lanes = lanes(work)) {
            for (int i = 0; !lanes.isFull(); i++) {
                lanes.take(request("e" + i, ESTIMATE, LATER));
            }
            gate.countDown();
            await().until(() -> !lanes.isFull() && done.size() == 8);
        }
    }
}
