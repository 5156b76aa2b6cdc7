// SPDX-License-Identifier: Apache-2.0
package dev.skein.standalone.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DetachedCommandTest {
    @BeforeEach
    void onLinux() {
        assumeTrue(Files.exists(Path.of("/usr/bin/setsid")), "no sessions from the command line");
        assumeTrue(Files.exists(Path.of("/proc/self/stat")), "only Linux shows them");
    }

    private static List<String> show(String script) {
        return List.of("/bin/sh", "-c", script);
    }

    private static List<String> run(List<String> command) throws Exception {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        var stat = said.lines().findFirst().orElseThrow();
        var session = stat.substring(stat.lastIndexOf(')') + 2).split(" ")[3];
        assertThat(session).isEqualTo(String.valueOf(process.pid()));
        return said.lines().skip(1).toList();
    }

    @Test
    void aCommandHasASessionOfItsOwn() throws Exception {
        assertThat(run(DetachedCommand.command(show("cat /proc/$$/stat; echo 'a b'"))))
                .containsExactly("a b");
    }

    @Test
    void oneBehindOthersHasOneToo() throws Exception {
        assumeTrue(Files.exists(Path.of("/usr/bin/nice")), "nobody can stand behind others");
        int ours =
                Integer.parseInt(
                        run(DetachedCommand.command(show("cat /proc/$$/stat; nice"))).getFirst());
        assertThat(run(DetachedCommand.behind(show("cat /proc/$$/stat; nice"))))
                .containsExactly(String.valueOf(Math.min(ours + 10, 19)));
    }
}
