// SPDX-License-Identifier: Apache-2.0
package dev.skein.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MutantsTest {
    private static final int FEWEST = 12;

    private static List<Path> patches() throws IOException {
        try (var files = Files.list(Path.of("mutants.d"))) {
            return files.sorted().toList();
        }
    }

    /** Code moves on; what a patch was made against does not. */
    @Test
    void eachStillBreaksTheCodeAsItIs() throws IOException, InterruptedException {
        var misfits = new ArrayList<String>();
        for (var patch : patches()) {
            var check =
                    new ProcessBuilder("git", "apply", "--check", patch.toAbsolutePath().toString())
                            .directory(Path.of(System.getProperty("skein.root")).toFile())
                            .redirectErrorStream(true)
                            .start();
            var said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (check.waitFor() != 0) {
                misfits.add(said);
            }
        }
        assertThat(misfits).isEmpty();
        assertThat(patches()).hasSizeGreaterThanOrEqualTo(FEWEST);
    }

    @Test
    void eachSaysWhatItBreaksAndHowItIsCaught() throws IOException {
        for (var patch : patches()) {
            var head = Files.readAllLines(patch).stream().limit(3).toList();
            assertThat(head).as(patch.toString()).hasSize(3);
            assertThat(head.get(0)).startsWith("# says: ");
            assertThat(head.get(1)).startsWith("# caught by: ");
            assertThat(head.get(2)).matches("# (faults|test): .+");
        }
    }
}
