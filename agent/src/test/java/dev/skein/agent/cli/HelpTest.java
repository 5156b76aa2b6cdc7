// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.cli.common.Durations;
import dev.skein.agent.cli.common.Output;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

@Tag("quick")
class HelpTest {
    private String stdout = "";
    private String stderr = "";

    private int skein(String... words) {
        var results = new ByteArrayOutputStream();
        var talk = new ByteArrayOutputStream();
        int code =
                Skein.run(
                        Output.plain(
                                new PrintStream(results, true, StandardCharsets.UTF_8),
                                new PrintStream(talk, true, StandardCharsets.UTF_8)),
                        words);
        stdout = results.toString(StandardCharsets.UTF_8);
        stderr = talk.toString(StandardCharsets.UTF_8);
        return code;
    }

    private static Output nowhere() {
        var silent = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        return Output.plain(silent, silent);
    }

    /** The version that the parent pom says; whether it is a snapshot is not shown. */
    private static String written() throws IOException {
        var pom = Files.readString(Path.of(System.getProperty("skein.root"), "pom.xml"));
        var version = Pattern.compile("<version>([0-9.]+)").matcher(pom);
        assertThat(version.find()).isTrue();
        return version.group(1);
    }

    private static Stream<String> nodes() {
        var paths = new ArrayList<String>();
        collect(Skein.whole(nowhere()), "", paths);
        return paths.stream();
    }

    private static void collect(CommandLine line, String path, List<String> paths) {
        line.getSubcommands()
                .forEach((name, sub) -> {
                    paths.add((path + " " + name).strip());
                    collect(sub, path + " " + name, paths);
                });
    }

    private static CommandLine at(String path) {
        var line = Skein.whole(nowhere());
        for (var word : path.split(" ")) {
            line = Objects.requireNonNull(line.getSubcommands().get(word), path);
        }
        return line;
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void everyCommandHelps(String path) throws IOException {
        assertThat(skein((path + " --help").split(" "))).isZero();
        assertThat(stdout).startsWith("Usage: skein " + path + " ");
        var asked = stdout;
        assertThat(skein(("help " + path).split(" "))).isZero();
        assertThat(stdout).isEqualTo(asked);
        assertThat(skein((path + " --version").split(" "))).isZero();
        assertThat(stdout.strip()).isEqualTo("skein " + written());
        var spec = at(path).getCommandSpec();
        assertThat(spec.usageMessage().description()).isNotEmpty();
        assertThat(spec.args()).allSatisfy(arg -> assertThat(arg.description()).isNotEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rollout", "audit", "drift", "backup"})
    void aGroupByItselfListsItsCommands(String group) {
        assertThat(skein(group)).isEqualTo(2);
        assertThat(stdout).contains("Commands:");
        at(group).getSubcommands().keySet().forEach(sub -> assertThat(stdout).contains(sub));
        assertThat(stderr).isEmpty();
        assertThat(skein(group, "lsit")).isEqualTo(2);
        assertThat(stderr).contains("Help: skein " + group + " --help");
    }

    @Test
    void helpOfWhatIsNotThereNamesWhatIs() {
        assertThat(skein("help", "rollout", "crate")).isEqualTo(2);
        assertThat(stderr).contains("did you mean 'create'?").contains("approve");
        assertThat(skein()).isEqualTo(2);
        assertThat(stdout).contains("rollout").contains("PGPASSWORD");
    }

    @Test
    void helpFitsANarrowTerminal() {
        var results = new ByteArrayOutputStream();
        var stream = new PrintStream(results, true, StandardCharsets.UTF_8);
        assertThat(Skein.run(Output.terminal(stream, stream, 60), "upgrade", "--help")).isZero();
        assertThat(results.toString(StandardCharsets.UTF_8).lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(60));
    }

    @ParameterizedTest
    @CsvSource({
        "upgrade --lock-timeout 60x, 'is no duration; write for example 500ms, 60s'",
        "upgrade --wait 99999d, more than a year",
        "upgrade --parallel 0, '''0'' is no number from 1 on'",
        "targets --limit -5, '''-5'' is no number from 1 on'",
        "audit log --limit abc, is no number from 1 on",
        "drift ignore x -r y --days 0, is no number from 1 on",
        "rehearse --timeout 5y, is no duration",
        "rollout plan x --wait soon, is no duration",
        "lint --postgres abc, is no whole number",
        "audit show x, is no whole number",
    })
    void numbersAndDurationsAreChecked(String words, String says) {
        assertThat(skein(words.split(" "))).isEqualTo(2);
        assertThat(stderr).contains(says).doesNotContain("Exception").doesNotContain("long");
    }

    @Test
    void durationsAreReadInEveryUnit() {
        assertThat(
                        Stream.of("500ms", "60s", "5m", "5min", "2h", "1d", "7")
                                .map(text -> Durations.parse(text, "s").toMillis()))
                .containsExactly(500L, 60_000L, 300_000L, 300_000L, 7_200_000L, 86_400_000L, 7000L);
    }

    @Test
    void theShellIsGuessedFromItsPath() {
        assertThat(CompletionCommand.guess("/usr/bin/zsh")).isEqualTo("zsh");
        assertThat(CompletionCommand.guess("fish")).isEqualTo("fish");
    }

    @Test
    void noCommandEndsInJavasWords() {
        var talk = new ByteArrayOutputStream();
        var stream = new PrintStream(talk, true, StandardCharsets.UTF_8);
        int code =
                new ProgramEnd(Output.plain(stream, stream))
                        .run(() -> {
                            throw new StackOverflowError();
                        });
        assertThat(code).isEqualTo(1);
        assertThat(talk.toString(StandardCharsets.UTF_8))
                .startsWith("Error: Skein: a mistake of its own: StackOverflowError")
                .doesNotContain("\tat ");
    }
}
