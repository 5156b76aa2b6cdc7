// SPDX-License-Identifier: Apache-2.0
package dev.skein.standalone.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stack's broker, alone. */
class BrokerPartTest {
    @TempDir Path data;

    @Test
    void whatAKilledOneLeftDoesNotMakeItReadyWhateverTheClockSays() throws Exception {
        var stack =
                new LocalStack(new StackHome(Path.of(System.getProperty("skein.root")), data), 1);
        var broker =
                stack.groups().getFirst().stream()
                        .filter(part -> part.name().equals("broker"))
                        .findFirst()
                        .orElseThrow();
        var ready = Files.createDirectory(data.resolve("kafka")).resolve("ready");
        Files.writeString(ready, "127.0.0.1:9092");
        Files.setLastModifiedTime(ready, FileTime.from(Instant.now().plusSeconds(3600)));
        broker.launch();
        try {
            assertThat(broker.isReady()).isFalse();
            broker.awaitReady();
            // As if it had started before the clock was set back by an hour.
            Files.setLastModifiedTime(ready, FileTime.from(Instant.now().minusSeconds(3600)));
            assertThat(broker.isReady()).isTrue();
        } finally {
            broker.stop();
        }
    }
}
