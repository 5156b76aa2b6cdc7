// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.engine.SkeinException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class TopicShapeTest {
    private static final TopicShape STATE = TopicShape.of("eu").getFirst();
    private static final TopicShape APPEND = TopicShape.of("eu").getLast();

    private static TopicShape.Found found(int partitions, int copies, String policy, String safe) {
        return new TopicShape.Found(
                partitions, copies, Map.of("cleanup.policy", policy, "min.insync.replicas", safe));
    }

    private static void expectRefusal(Runnable check, String... parts) {
        assertThatThrownBy(check::run)
                .isInstanceOf(SkeinException.class)
                .hasMessageContainingAll(parts);
    }

    @Test
    void whatIsMadeByItselfIsRefusedWithARemedy() {
        expectRefusal(
                () -> STATE.require(found(1, 1, "compact", "1")),
                "skein.directives.eu",
                "1 partitions, not 32",
                "auto.create.topics.enable=false");
        expectRefusal(
                () -> STATE.require(found(32, 1, "delete", "1")),
                "cleanup.policy is delete, not compact",
                "--entity-name skein.directives.eu --add-config cleanup.policy=compact");
        expectRefusal(() -> STATE.require(found(32, 1, "compact,delete", "1")), "not compact");
        expectRefusal(() -> APPEND.require(found(32, 1, "compact", "1")), "not delete");
        assertThatCode(() -> APPEND.require(found(32, 1, "delete", "1")))
                .doesNotThrowAnyException();
        assertThatCode(() -> STATE.require(found(32, 1, "compact", "1")))
                .doesNotThrowAnyException();
    }

    @Test
    void whatOneBrokerLessTakesAwayIsRefusedWithARemedy() {
        expectRefusal(
                () -> STATE.requireCopies(found(32, 1, "compact", "1"), 3),
                "brokers keep 1 of it, not 3",
                "skein.api.topic-replicas=1");
        expectRefusal(
                () -> STATE.requireCopies(found(32, 3, "compact", "1"), 3),
                "min.insync.replicas is 1 of 3 copies",
                "--add-config min.insync.replicas=2");
        expectRefusal(
                () -> STATE.requireCopies(found(32, 1, "compact", "2"), 1),
                "min.insync.replicas is 2 of 1 copies",
                "--add-config min.insync.replicas=1");
        assertThatCode(() -> STATE.requireCopies(found(32, 3, "compact", "2"), 3))
                .doesNotThrowAnyException();
        assertThatCode(() -> STATE.requireCopies(found(32, 1, "compact", "1"), 1))
                .doesNotThrowAnyException();
    }

    @Test
    void whatWasReplacedMustBeRemovedInTime() {
        var settings = new HashMap<>(STATE.settings(1));
        assertThat(settings)
                .containsEntry("segment.ms", "600000")
                .containsEntry("min.cleanable.dirty.ratio", "0.1")
                .containsEntry("max.compaction.lag.ms", "3600000")
                .containsEntry("delete.retention.ms", "3600000");
        assertThatCode(() -> STATE.requireSweeping(new TopicShape.Found(32, 1, settings)))
                .doesNotThrowAnyException();
        settings.put("segment.ms", "60000");
        settings.put("min.cleanable.dirty.ratio", "0.05");
        assertThat(STATE.unswept(new TopicShape.Found(32, 1, settings)))
                .as("sooner is as good")
                .isEmpty();
        settings.put("segment.ms", "604800000");
        settings.put("max.compaction.lag.ms", "9223372036854775807");
        expectRefusal(
                () -> STATE.requireSweeping(new TopicShape.Found(32, 1, settings)),
                "segment.ms is 604800000",
                "--add-config max.compaction.lag.ms=3600000,segment.ms=600000");
        assertThat(STATE.unswept(new TopicShape.Found(32, 1, Map.of()))).isEmpty();
        assertThat(APPEND.settings(1)).doesNotContainKey("segment.ms");
        assertThat(APPEND.unswept(found(32, 1, "delete", "1"))).isEmpty();
    }
}
