// SPDX-License-Identifier: Apache-2.0
package dev.skein.standalone.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program of one class, built as a service is, started and archived by a real JVM. */
class ClassArchiveTest {
    private static final List<String> OPTIONS = List.of("-XX:+UseSerialGC", "-Xmx64m");

    @TempDir private Path folder;
    private StackHome home;
    private ClassArchive archive;

    @BeforeEach
    void build() throws IOException {
        home = new StackHome(folder.resolve("project"), folder.resolve("data"));
        var source = Files.writeString(folder.resolve("Service.java"), SERVICE);
        var compiler = ToolProvider.getSystemJavaCompiler();
        assertThat(compiler.run(null, null, null, "-d", folder.toString(), source.toString()))
                .isZero();
        var jar = home.application("api");
        Files.createDirectories(jar.getParent());
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "Service");
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.putNextEntry(new JarEntry("Service.class"));
            Files.copy(folder.resolve("Service.class"), out);
        }
        archive = new ClassArchive(home, "api", OPTIONS);
    }

    private static final String SERVICE =
            """
            public class Service {
                public static void main(String[] words) {
                    System.out.println("served");
                }
            }
            """;

    private String run(List<String> command, String... more) throws Exception {
        var words = new java.util.ArrayList<>(command);
        words.addAll(1, List.of(more));
        var builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().remove("JAVA_TOOL_OPTIONS"); // the JVM says that it took them
        var process = builder.start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private List<String> built() throws IOException {
        try (var files = Files.list(home.built())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private void make() throws Exception {
        assertThat(run(archive.command("api"))).isEqualTo("served\n");
        archive.make(part -> true);
    }

    @Test
    void theSecondStartHasItsClassesFromTheArchiveAndSaysNothingOfIt() throws Exception {
        make();
        var command = archive.command("api-2");
        assertThat(command).contains("-XX:SharedArchiveFile=" + archive.file());
        assertThat(run(command)).isEqualTo("served\n");
        assertThat(run(command, "-Xlog:class+load"))
                .containsPattern("Service source: shared objects file");
        assertThat(built()).containsExactly(archive.file().getFileName().toString());
    }

    @Test
    void oneOfAnotherBuildOrWithOtherOptionsIsNotUsedAndGoesWithTheNext() throws Exception {
        make();
        var before = archive.file();
        var other = new ClassArchive(home, "api", List.of("-XX:+UseSerialGC", "-Xmx65m"));
        assertThat(other.command("api")).noneMatch(word -> word.contains(".jsa"));
        Files.setLastModifiedTime(
                home.application("api"), FileTime.from(Instant.now().minusSeconds(3600)));
        assertThat(archive.command("api")).noneMatch(word -> word.contains(".jsa"));
        assertThat(before).exists();
        make();
        assertThat(built()).containsExactly(archive.file().getFileName().toString());
        assertThat(before).doesNotExist();
    }

    @Test
    void aBuildThatCannotBeReadKeepsNobodyFromStarting() throws Exception {
        make();
        Files.delete(home.application("api"));
        Files.delete(home.application("api").getParent());
        assertThat(archive.command("api"))
                .containsAll(OPTIONS)
                .endsWith("-jar", home.application("api").toString())
                .noneMatch(word -> word.startsWith("-XX:SharedArchiveFile"))
                .noneMatch(word -> word.startsWith("-XX:DumpLoadedClassList"));
    }

    @Test
    void whereNoListCanBeKeptNoneIs() throws Exception {
        Files.createDirectories(home.data());
        Files.writeString(home.data().resolve("classes"), "a file where a folder is to be");
        assertThat(run(archive.command("api"))).isEqualTo("served\n");
        archive.make(part -> true);
        assertThat(home.built()).doesNotExist();
    }

    @Test
    void whatAKilledMakerLeftGoesAlsoWhereTheArchiveIsThere() throws Exception {
        make();
        var left = Files.writeString(home.built().resolve("api-1.unfinished"), "half of one");
        var begun = Files.writeString(home.built().resolve("api-2.unfinished"), "some of one");
        var old = Files.writeString(home.built().resolve("api-0123456789abcdef.jsa"), "another's");
        Files.setLastModifiedTime(left, FileTime.from(Instant.now().minusSeconds(10800)));
        archive.make(part -> true);
        assertThat(left).doesNotExist();
        assertThat(old).doesNotExist();
        assertThat(begun).exists();
        assertThat(archive.file()).exists();
    }

    @Test
    void whereNoneCanBeKeptNothingIsListedMadeOrSaid() throws Exception {
        Files.writeString(folder.resolve("project/target"), "no folder, and not to be one");
        assertThat(archive.command("api"))
                .noneMatch(word -> word.startsWith("-XX:DumpLoadedClassList"));
        archive.make(part -> true);
        assertThat(folder.resolve("project/target")).isRegularFile();
    }

    @Test
    void aCheckoutThatMayNotBeWrittenToStaysAsItIs() throws Exception {
        var target = Files.createDirectory(folder.resolve("project/target"));
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("r-xr-xr-x"));
        assumeFalse(Files.isWritable(target), "root may write anywhere");
        run(archive.command("api"));
        archive.make(part -> true);
        assertThat(target).isEmptyDirectory();
    }

    @Test
    void whereNothingRanThereIsNothingToMakeItFrom() throws Exception {
        archive.make(part -> true);
        assertThat(home.built()).doesNotExist();
    }

    @Test
    void oneThatIsCutOffLeavesNothing() throws Exception {
        run(archive.command("api"));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> archive.make(part -> true))
                .isInstanceOf(InterruptedException.class);
        assertThat(built()).isEmpty();
        assertThat(ProcessHandle.current().children()).noneMatch(ProcessHandle::isAlive);
        assertThat(home.pidFile("archive-api")).doesNotExist();
        archive.make(part -> true);
        assertThat(archive.file()).exists();
    }

    @Test
    void ofWhoeverIsNotUpNoListIsTaken() throws Exception {
        run(archive.command("api"));
        archive.make(part -> false);
        assertThat(home.built()).doesNotExist();
        Files.writeString(home.classes("api-2"), "@no-such-tag\n");
        archive.command("api-2"); // it was launched last, and is not up yet
        archive.make("api"::equals);
        assertThat(archive.file()).exists();
    }

    @Test
    void whoeverStartsAnewMeanwhileIsNotReadAndOneThatListsIsReadUpToItsLastLine()
            throws Exception {
        run(archive.command("api"));
        archive.make(part -> {
            archive.command(part); // it dies behind this answer, and is started again
            return true;
        });
        assertThat(home.built()).doesNotExist();
        Files.writeString(home.classes("api"), "@no-su", StandardOpenOption.APPEND);
        archive.make(part -> true);
        assertThat(archive.file()).exists();
        try (var lists = Files.list(home.classes("api").getParent())) {
            assertThat(lists).containsExactly(home.classes("api"));
        }
    }

    @Test
    void aJvmThatIsAtItForTooLongIsEnded() throws Exception {
        var hasty = new ClassArchive(home, "api", OPTIONS, Duration.ofMillis(1));
        run(hasty.command("api"));
        assertThatThrownBy(() -> hasty.make(part -> true))
                .hasMessageContaining("the JVM was at it for");
        assertThat(built()).isEmpty();
        assertThat(ProcessHandle.current().children()).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    void aJvmThatMakesNoneIsToldWithWhereToLook() throws Exception {
        run(archive.command("api"));
        Files.writeString(home.classes("api"), "@no-such-tag\n");
        assertThatThrownBy(() -> archive.make(part -> true))
                .hasMessageContaining("the JVM made none")
                .hasMessageContaining(home.log("archive-api").toString());
        assertThat(built()).isEmpty();
    }
}
