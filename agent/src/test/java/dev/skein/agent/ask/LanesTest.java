// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skein.engine.event.Request;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LanesTest {
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final Instant LATER = NOW.plus(Duration.ofHours(1));
    private static final Request.Ask REHEARSE = new Request.Rehearse("sha256:0", List.of("a"));
    private static final Request.Ask TRY = new Request.TryBackup("0");
    private static final Request.Ask ESTIMATE = new Request.Estimate(List.of(), "");

    private final List<String> done = new CopyOnWriteArrayList<>();

    private static Lanes lanes() {
        return new Lanes(Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static Request request(String id, Request.Ask ask, Instant notAfter) {
        return new Request(id, "0".repeat(32), notAfter, ask);
    }

    private void note(Request request) {
        done.add(request.id());
    }

    /** Works when it is let go. */
    private Consumer<Request> behind(CountDownLatch gate) {
        return request -> {
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            note(request);
        };
    }

    @Test
    void rehearsalsWaitForEachOtherAndNobodyElseForThem() throws InterruptedException {
        var gate = new CountDownLatch(1);
        try (var lanes = lanes()) {
            for (int i = 0; i < 20; i++) {
                assertThat(
                                lanes.take(
                                        request("r" + i, i % 2 == 0 ? REHEARSE : TRY, LATER),
                                        behind(gate)))
                        .isTrue();
            }
            assertThat(lanes.isFull()).isFalse();
            lanes.take(request("e", ESTIMATE, LATER), this::note);
            await().until(() -> done.equals(List.of("e")));
            gate.countDown();
            await().until(() -> done.size() == 21);
            assertThat(done.subList(1, 21))
                    .isEqualTo(IntStream.range(0, 20).mapToObj(i -> "r" + i).toList());
        }
    }

    @Test
    void whoseTimeIsOverByTheirTurnIsPassedOver() throws InterruptedException {
        try (var lanes = lanes()) {
            lanes.take(request("late", TRY, NOW), this::note);
            lanes.take(request("late too", ESTIMATE, NOW), this::note);
            lanes.take(request("in time", TRY, LATER), this::note);
            lanes.take(request("in time too", ESTIMATE, LATER), this::note);
            await().until(() -> done.size() == 2);
            assertThat(done).containsExactlyInAnyOrder("in time", "in time too");
        }
    }

    @Test
    void tooManyRehearsalsAreNotKept() throws InterruptedException {
        var gate = new CountDownLatch(1);
        var taken = 0;
        try (var lanes = lanes()) {
            while (lanes.take(request("r", REHEARSE, LATER), behind(gate))) {
                taken++;
            }
        }
        assertThat(taken).isEqualTo(1 + Lanes.MOST_WAITING);
    }

    @Test
    void asManyOthersAsThereIsRoomForAreTaken() throws InterruptedException {
        var gate = new CountDownLatch(1);
        try (var lanes = lanes()) {
            for (int i = 0; !lanes.isFull(); i++) {
                lanes.take(request("e" + i, ESTIMATE, LATER), behind(gate));
            }
            gate.countDown();
            await().until(() -> !lanes.isFull() && done.size() == 8);
        }
    }
}
