// SPDX-License-Identifier: Apache-2.0
package dev.skein.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher on a tree that looks built, with a JDK that only says what it was asked. */
class LauncherTest {
    @TempDir Path folder;

    private Path jdk;
    private Path tree;

    @BeforeEach
    void tree() throws IOException {
        folder = folder.toRealPath();
        jdk = folder.resolve("jdk");
        write(jdk.resolve("release"), "JAVA_VERSION=\"25\"\n");
        executable(jdk.resolve("bin/java"), "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
        executable(jdk.resolve("bin/javac"), "#!/bin/sh\n");
        tree = folder.resolve("tree");
        for (var module : List.of("engine", "agent")) {
            write(tree.resolve(module + "/pom.xml"), "");
            Files.createDirectories(tree.resolve(module + "/src/main"));
            Files.createDirectories(tree.resolve(module + "/target"));
        }
        write(tree.resolve("pom.xml"), "<version>7.8.9</version>\n<version>1</version>\n");
        executable(tree.resolve("skein"), Files.readString(Path.of("../../skein")));
        write(tree.resolve("agent/target/own.jar"), "");
        write(tree.resolve("engine/target/other.jar"), "");
        write(built(tree, "paths"), "agent/target/own.jar:engine/target/other.jar\n");
        write(built(tree, "skein.aot"), "");
        write(built(tree, "skein.aot.jdk"), "JAVA_VERSION=\"25\"\n");
        write(built(tree, "skein.aot.root"), tree + "\n");
        write(built(tree, "cli"), "");
    }

    private static Path built(Path tree, String name) {
        return tree.resolve("target/built").resolve(name);
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static void executable(Path file, String text) throws IOException {
        write(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private String run(String... words) throws Exception {
        return run(0, words);
    }

    private String run(int code, String... words) throws Exception {
        var builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", jdk.toString());
        builder.environment().remove("SKEIN_HOME");
        var process = builder.start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(code);
        return said;
    }

    private String heads(Path root) throws Exception {
        return run(root.resolve("skein").toString(), "heads");
    }

    @Test
    void aBuiltTreeRunsItsOwnJarsAndArchive() throws Exception {
        assertThat(heads(tree))
                .contains(tree + "/agent/target/own.jar:" + tree + "/engine/target/other.jar")
                .contains("-XX:AOTCache=" + built(tree, "skein.aot"));
    }

    @Test
    void aCopyRunsNothingOfTheTreeThatItWasCopiedFrom() throws Exception {
        var copy = folder.resolve("copy");
        run("cp", "-a", tree.toString(), copy.toString());
        assertThat(heads(copy))
                .contains("at another place when it was built")
                .contains(copy + "/agent/target/skein-agent-7.8.9.jar")
                .doesNotContain(tree.toString())
                .doesNotContain("-XX:AOTCache=" + built(tree, "skein.aot"));
        assertThat(built(copy, "skein.aot.root")).hasContent(copy.toString());
        assertThat(heads(copy)).doesNotContain("at another place").doesNotContain(tree.toString());
    }

    @Test
    void aMovedTreeRunsWithoutTheOldPlace() throws Exception {
        var moved = Files.move(tree, folder.resolve("moved"));
        assertThat(heads(moved)).contains(moved + "/agent/target/").doesNotContain(tree.toString());
    }

    @Test
    void aMovedTreeKeepsTheJarsOfTheStackThatRunsFromIt() throws Exception {
        var pid = ProcessHandle.current().pid();
        write(tree.resolve(".skein/run/stack.pid"), pid + " 1\n" + tree + "/.skein/run\n");
        write(built(tree, "parser.jar"), "");
        var moved = Files.move(tree, folder.resolve("moved"));
        assertThat(run(1, moved.resolve("skein").toString(), "heads"))
                .contains("at another place")
                .contains("a stack runs")
                .contains("skein down");
        assertThat(built(moved, "parser.jar")).exists();
    }

    @Test
    void theQuickLoopNamesTheModulesWhereThereIsNoneOfAName() throws Exception {
        assertThat(run(2, tree.resolve("skein").toString(), "test", "--quick", "nosuch"))
                .contains("module 'nosuch': there is none of this name")
                .contains("engine service audit api agent")
                .doesNotContain("passed");
    }

    @Test
    void anArchiveOfOtherJarsIsNotUsed() throws Exception {
        run("touch", "-d", "+1 hour", tree.resolve("engine/target/other.jar").toString());
        assertThat(heads(tree)).doesNotContain("-XX:AOTCache=");
    }
}
