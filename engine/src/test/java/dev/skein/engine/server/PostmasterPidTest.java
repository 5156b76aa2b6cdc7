// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("quick")
class PostmasterPidTest {
    @TempDir private Path data;

    private boolean staysWith(String pid) throws IOException {
        var file = data.resolve("postmaster.pid");
        Files.writeString(file, pid + "\n/somewhere\n");
        PostmasterPid.clearStale(data);
        return Files.exists(file);
    }

    @Test
    void onlyANumberThatAnotherProgramHasIsTakenAway() throws IOException {
        PostmasterPid.clearStale(data);
        assertThat(staysWith(String.valueOf(ProcessHandle.current().pid()))).isFalse();
        assertThat(staysWith("999999999")).isTrue();
        assertThat(staysWith("")).isTrue();
        assertThat(staysWith("no number")).isTrue();
    }
}
