// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.cli.common.Output;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages beside the code name what there is, and lead where something is. */
@Tag("quick")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PapersTest {
    private static final Path ROOT = Path.of(System.getProperty("skein.root"));
    private static final int WORDS = 900;
    private static final int COLUMNS = 120;

    /** Not written by hand. */
    private static final String MADE = "agent/lint-rules.md";

    private static final int DECISION_WORDS = 300;
    private static final List<String> SERVICES = List.of("agent", "api", "audit");
    private static final Pattern SETTING =
            Pattern.compile("(?<![\\w.])skein\\.(?:agent|api|audit)\\.[a-zA-Z.-]*[a-zA-Z]");
    private static final Pattern VARIABLE =
            Pattern.compile("\\bSKEIN_(?:AGENT|API|AUDIT)_[A-Z_]*[A-Z]\\b");
    private static final Pattern ROW = Pattern.compile("\\| `(skein\\.[^`]+)` \\| ([^|]*) \\|.*");

    private final List<PaperPage> pages;
    private final PaperCommands commands;
    private final PaperScripts scripts;

    PapersTest() throws IOException {
        pages = PaperPage.all(ROOT);
        var silent = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        commands = new PaperCommands(Skein.whole(Output.plain(silent, silent)), launcher());
        scripts = new PaperScripts(ROOT);
    }

    /** The launcher, and the program behind the words that it does not give to this one. */
    private static String launcher() throws IOException {
        var text = new StringBuilder(Files.readString(ROOT.resolve("skein")));
        var stack = ROOT.resolve("deploy/standalone/src/main/java/dev/skein/standalone");
        try (var sources = Files.newDirectoryStream(stack, "*.java")) {
            for (var source : sources) {
                text.append(Files.readString(source));
            }
        }
        return text.toString();
    }

    private PaperPage page(String name) {
        var file = ROOT.resolve(name);
        return pages.stream().filter(page -> page.file().equals(file)).findFirst().orElseThrow();
    }

    private String name(PaperPage page) {
        return ROOT.relativize(page.file()).toString();
    }

    @Test
    void theFirstPageIsShortAndSaysWhatToType() {
        var readme = page("README.md");
        assertThat(readme.words()).isLessThanOrEqualTo(WORDS);
        var top = readme.lines().subList(0, readme.lines().size() / 2);
        assertThat(top).contains("## Two commands").anyMatch(l -> l.startsWith("    ./skein test"));
    }

    @Test
    void linesAreShortAndSpansEndWhereTheyBegin() {
        var wrong = new ArrayList<String>();
        for (var page : pages) {
            var made = name(page).equals(MADE); // each paragraph in one line
            page.lines().stream()
                    .filter(line -> !made && !line.startsWith("|")) // a row of a table is one line
                    .filter(line -> line.codePointCount(0, line.length()) > COLUMNS)
                    .forEach(line -> wrong.add(name(page) + ": " + line));
            page.prose().stream()
                    .filter(line -> line.chars().filter(c -> c == '`').count() % 2 != 0)
                    .forEach(line -> wrong.add(name(page) + ": " + line));
        }
        assertThat(wrong).isEmpty();
        assertThat(pages).hasSizeGreaterThan(SERVICES.size());
    }

    @Test
    void decisionsAreShortAndListed() {
        var list = page(".github/decisions/README.md").links();
        var decisions =
                pages.stream().filter(p -> name(p).matches(".*/decisions/\\d{4}-.*")).toList();
        assertThat(decisions).isNotEmpty();
        assertThat(decisions).allMatch(page -> page.words() <= DECISION_WORDS);
        assertThat(decisions)
                .allMatch(page -> list.contains(String.valueOf(page.file().getFileName())));
    }

    @Test
    void everyCommandAndOptionIsThere() {
        var wrong = new ArrayList<String>();
        for (var page : pages) {
            for (var code : page.code()) {
                commands.complaints(code).forEach(one -> wrong.add(name(page) + ": " + one));
                if (code.matches("--[a-z][a-z-]*( .*)?") && !commands.isKnown(code.split(" ")[0])) {
                    wrong.add(name(page) + ": " + code + " is no command's option");
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyCommandThatAMessageNamesIsThere() throws IOException {
        var wrong = new ArrayList<String>();
        var seen = 0;
        for (var module : List.of("engine", "engine/service", "agent", "api", "audit")) {
            try (var sources = Files.walk(ROOT.resolve(module, "src/main/java"))) {
                for (var source : sources.filter(Files::isRegularFile).toList()) {
                    for (var command : SourceTexts.commands(source)) {
                        seen++;
                        commands.complaintInSentence(command)
                                .ifPresent(what ->
                                        wrong.add(
                                                source.getFileName()
                                                        + ": "
                                                        + command
                                                        + ": "
                                                        + what));
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(seen).isGreaterThan(100);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"See: skein rollout aprove\"",
                "\"go on: skein rollout resume --no-set-aside\"",
                "\"say it (skein \"\n+ \"upgrade --dry), then\"",
                "\"  skein frobnicate\""
            })
    void aMessageThatNamesNoCommandIsFound(String source) {
        assertThat(SourceTexts.commands(source))
                .singleElement()
                .matches(command -> commands.complaintInSentence(command).isPresent());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"See: skein rollout list\"",
                "\"skein audit trouble' names it.\", \"or what skein push printed, --so\"",
                "\"Do it: skein rollout resume \" + name + \" --no-set-aside\"",
                "\"skein frob\""
            })
    void aMessageThatNamesOneIsNot(String source) {
        assertThat(SourceTexts.commands(source))
                .allMatch(command -> commands.complaintInSentence(command).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "skein upgarde",
                "skein rollout aprove NAME",
                "skein upgrade --dry",
                "./skein frobnicate",
                "./skein demo --exits",
                "x | skein rollout pause NAME --wait 5s",
                "skein audit log --bundle $(skein push)"
            })
    void aCommandThatIsNotThereIsFound(String code) {
        assertThat(commands.complaints(code)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "skein COMMAND --help",
                "./skein demo --exit",
                "skein downgrade -1  # --dry",
                "skein rollout resume NAME --no-set-aside --reason \"it --must be\"",
                "source <(skein completion)",
                "skein rollout ───▶ api"
            })
    void aCommandThatIsThereIsNot(String code) {
        assertThat(commands.complaints(code)).isEmpty();
    }

    @Test
    void everyScriptTestAndVariableIsThere() {
        var wrong = new ArrayList<String>();
        for (var page : pages) {
            for (var code : page.code()) {
                scripts.complaints(code).forEach(one -> wrong.add(name(page) + ": " + one));
            }
        }
        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "./skein test --quik",
                "./skein test --quick engin",
                "./skein test -Pcontainer",
                "deploy/faults/run --fault 3",
                "deploy/bench/catalogue.sh",
                "SKEIN_SCRATCH_DIRECTORY=/tmp skein lint",
                "quarkus.http.prot=1",
                "kafka.bootstrap.server=a"
            })
    void aScriptTestOrVariableThatIsNotThereIsFound(String code) {
        assertThat(scripts.complaints(code)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "./skein test --quick engine agent",
                "./skein test -Pcontainers -pl engine",
                "deploy/simulation/run --replay SEED",
                "SKEIN_PORT_API=8080 ./skein up",
                "SKEIN_HTTP_HOST",
                "kafka.bootstrap.servers=a:9092"
            })
    void aScriptTestOrVariableThatIsThereIsNot(String code) {
        assertThat(scripts.complaints(code)).isEmpty();
    }

    private static SortedMap<String, String> settings(String service) throws IOException {
        if (service.equals("agent")) {
            return PaperSettings.ofAgent();
        }
        var type = service.substring(0, 1).toUpperCase(Locale.ROOT) + service.substring(1);
        var source = "src/main/java/dev/skein/%s/config/%sConfig.java".formatted(service, type);
        return PaperSettings.writtenIn(ROOT.resolve(service, source), "skein." + service);
    }

    @Test
    void everySettingIsThere() throws IOException {
        var known = new ArrayList<Pattern>();
        for (var service : SERVICES) {
            for (var name : settings(service).keySet()) {
                var form = name.replace(".", "\\.").replaceAll("NAME|KEY", "[\\\\w-]+");
                known.add(Pattern.compile(form));
            }
        }
        var wrong = new ArrayList<String>();
        for (var page : pages) {
            for (var code : page.code()) {
                var named = new ArrayList<String>();
                SETTING.matcher(code).results().forEach(one -> named.add(one.group()));
                VARIABLE.matcher(code)
                        .results()
                        .map(one -> one.group().replaceFirst("_", ".").replaceFirst("_", "."))
                        .forEach(one -> named.add(one.toLowerCase(Locale.ROOT).replace('_', '-')));
                named.stream()
                        .filter(name -> known.stream().noneMatch(k -> k.matcher(name).matches()))
                        .forEach(name -> wrong.add(name(page) + ": " + name));
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** A default stands as code; what has none has words there. */
    @ParameterizedTest
    @ValueSource(strings = {"agent", "api", "audit"})
    void aModulesTableHasEverySettingWithItsDefault(String service) throws IOException {
        var told = new TreeMap<String, String>();
        for (var line : page(service + "/README.md").prose()) {
            var row = ROW.matcher(line);
            if (row.matches()) {
                var otherwise = row.group(2);
                told.put(row.group(1), otherwise.startsWith("`") ? otherwise.replace("`", "") : "");
            }
        }
        assertThat(told).isEqualTo(settings(service));
    }

    @Test
    void everyMetricIsMeasured() throws IOException {
        var text = new StringBuilder();
        for (var service : SERVICES) {
            try (var sources = Files.walk(ROOT.resolve(service, "src/main/java"))) {
                for (var source : sources.filter(Files::isRegularFile).toList()) {
                    text.append(Files.readString(source));
                }
            }
        }
        var measured = text.toString();
        var named =
                pages.stream()
                        .flatMap(page -> page.code().stream())
                        .filter(code -> code.matches("skein_[a-z_]*[a-z]"))
                        .toList();
        assertThat(named).isNotEmpty();
        assertThat(named)
                .allMatch(name ->
                        measured.contains(
                                '"' + name.replaceFirst("_total$", "").replace('_', '.') + '"'));
    }

    @Test
    void linksLeadSomewhere() {
        var wrong = new ArrayList<String>();
        for (var page : pages) {
            for (var link : page.links()) {
                if (!link.startsWith("https://") && !leads(page, link)) {
                    wrong.add(name(page) + ": " + link);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private boolean leads(PaperPage from, String link) {
        int mark = link.indexOf('#');
        var path = mark < 0 ? link : link.substring(0, mark);
        var file = path.isEmpty() ? from.file() : from.file().resolveSibling(path).normalize();
        if (!Files.exists(file)) {
            return false;
        }
        return mark < 0
                || pages.stream()
                        .filter(page -> page.file().equals(file))
                        .anyMatch(page -> page.anchors().contains(link.substring(mark + 1)));
    }
}
