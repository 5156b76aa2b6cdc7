// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class PlainLoggingTest {
    @Test
    void thatAThreadWaitedIsNotForTheTerminal() throws IOException {
        var manager = new LogManager() {};
        PlainLogging.Setup.read(manager);
        assertThat(manager.getProperty(PlainLogging.WATCHING + ".level")).isEqualTo("OFF");
        assertThat(manager.getProperty(".level")).isEqualTo("WARNING");
    }

    /** Its name is a word of Vert.x, which may change. */
    @Test
    void theLoggerIsTheOneThatTellsOfIt() throws InterruptedException {
        var told = new CountDownLatch(1);
        var listener =
                new Handler() {
                    @Override
                    public void publish(LogRecord entry) {
                        told.countDown();
                    }

                    @Override
                    public void flush() {}

                    @Override
                    public void close() {}
                };
        var logger = Logger.getLogger(PlainLogging.WATCHING);
        logger.addHandler(listener);
        var vertx =
                Vertx.vertx(
                        new VertxOptions()
                                .setBlockedThreadCheckInterval(5)
                                .setBlockedThreadCheckIntervalUnit(MILLISECONDS)
                                .setMaxEventLoopExecuteTime(5)
                                .setMaxEventLoopExecuteTimeUnit(MILLISECONDS));
        try {
            vertx.runOnContext(ignored -> {
                try {
                    told.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            assertThat(told.await(2, java.util.concurrent.TimeUnit.MINUTES)).isTrue();
        } finally {
            told.countDown();
            logger.removeHandler(listener);
            vertx.close();
        }
    }
}
