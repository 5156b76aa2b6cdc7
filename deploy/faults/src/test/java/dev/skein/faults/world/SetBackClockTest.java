// SPDX-License-Identifier: Apache-2.0
package dev.skein.faults.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skein.service.clock.ClockWatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.logging.ConsoleHandler;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process whose clock is set, by the same means by which those of the stack are. */
class SetBackClockTest {
    private static final String PROGRAM = "agent-eu-2";
    private static final String BEGUN = "begun";

    /** Far more than the second or two that it takes: those that run tests are shared. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir Path data;

    /** What the process does: it waits until nobody has a word for it any more. */
    static final class Watched {
        public static void main(String[] args) throws IOException {
            Logger.getLogger("").addHandler(new ConsoleHandler()); // as a service has one
            try (var watch = new ClockWatch()) {
                watch.start();
                System.out.println(BEGUN);
                System.in.transferTo(System.err);
            }
        }
    }

    private Process start(Clocks clocks) throws IOException {
        var builder =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Watched.class.getName())
                        .redirectErrorStream(true);
        builder.environment().putAll(clocks.settings(PROGRAM));
        return builder.start();
    }

    @Test
    void aProcessWhoseClockIsSetBackEndsWithClearWords() throws Exception {
        assumeTrue(Clocks.CAN_BE_WRONG, "no C compiler");
        var clocks = new Clocks(data);
        var process = start(clocks);
        try (var said = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(said.readLine()).isEqualTo(BEGUN);
            clocks.set(PROGRAM, Duration.ofHours(-1));
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(ClockWatch.EXIT_CODE);
            assertThat(String.join("\n", said.lines().toList()))
                    .containsPattern("set back by (3599|3600) s")
                    .contains("ends with exit code 75");
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void oneWhoseClockIsSetForwardGoesOn() throws Exception {
        assumeTrue(Clocks.CAN_BE_WRONG, "no C compiler");
        var clocks = new Clocks(data);
        var process = start(clocks);
        try (var said = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(said.readLine()).isEqualTo(BEGUN);
            clocks.set(PROGRAM, Duration.ofHours(1));
            assertThat(process.waitFor(3, TimeUnit.SECONDS)).as("ended in three looks").isFalse();
            process.getOutputStream().close();
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }
}
