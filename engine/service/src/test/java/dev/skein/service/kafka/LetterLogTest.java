// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.MessageFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A flood of bad records leaves some lines, which say how many they were. */
@Tag("quick")
class LetterLogTest {
    private static final Logger LOGGER = Logger.getLogger(LetterLog.class.getName());

    private final Lines lines = new Lines();
    private long now = Long.MAX_VALUE - 5; // it may wrap around
    private final LetterLog log = new LetterLog(() -> now);

    /** What was logged, in words. */
    static final class Lines extends Handler {
        final List<String> all = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord record) {
            var parameters = record.getParameters();
            all.add(
                    parameters == null
                            ? record.getMessage()
                            : MessageFormat.format(record.getMessage(), parameters));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @BeforeEach
    void listen() {
        LOGGER.addHandler(lines);
    }

    @AfterEach
    void listenNoMore() {
        LOGGER.removeHandler(lines);
    }

    private void tell(String topic, int offset) {
        log.tell(new ConsumerRecord<>(topic, 3, offset, "k", new byte[0]), "'{0}' is bad");
    }

    private List<String> told() {
        var told = new ArrayList<>(lines.all);
        lines.all.clear();
        return told;
    }

    private void after(Duration time) {
        now += time.toNanos();
        log.turn();
    }

    @Test
    void theFirstIsToldAtOnceAndInFull() {
        tell("a", 7);
        tell("b", 8);
        assertThat(told())
                .containsExactly(
                        "dead letter topic=a partition=3 offset=7: '{0}' is bad",
                        "dead letter topic=b partition=3 offset=8: '{0}' is bad");
    }

    @Test
    void aFloodIsCountedAndToldFromTimeToTime() {
        for (int n = 0; n < 10_000; n++) {
            tell("a", n);
            log.turn();
        }
        assertThat(told()).hasSize(1);
        after(LetterLog.EVERY);
        assertThat(told())
                .containsExactly(
                        "9999 more dead letters topic=a, the newest:"
                                + " dead letter topic=a partition=3 offset=9999: '{0}' is bad");
        tell("a", 10_000);
        after(LetterLog.EVERY.minusNanos(1));
        assertThat(told()).isEmpty();
        after(Duration.ofNanos(1));
        assertThat(told()).singleElement().asString().startsWith("1 more dead letters topic=a");
    }

    @Test
    void whatComesAfterASilenceIsAFirstOne() {
        tell("a", 1);
        after(LetterLog.EVERY);
        tell("a", 2);
        assertThat(told()).hasSize(2).last().asString().contains("offset=2");
    }

    @Test
    void nothingIsLeftUntoldAtTheEnd() {
        tell("a", 1);
        tell("a", 2);
        tell("a", 3);
        log.end();
        assertThat(told()).hasSize(2).last().asString().startsWith("2 more").contains("offset=3");
        log.end();
        assertThat(told()).isEmpty();
    }
}
