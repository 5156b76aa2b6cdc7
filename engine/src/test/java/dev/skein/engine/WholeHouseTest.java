// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.testing.House;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What holds for all modules together, read from their sources. */
@Tag("quick")
class WholeHouseTest {
    private static final int ROOM = 30;
    private static final int SHORT_FILE = 170;
    private static final int SHORT_METHOD = 15;
    private static final int PAIRS = 150;
    private static final int TABLES = 15;

    /**
     * Literals behind each other, one of which is SQL: a statement longer than a line is a text
     * block.
     */
    private static final Pattern PIECES =
            Pattern.compile(
                    "\"[^\"\\n]*\\b(?:SELECT|INSERT INTO|UPDATE|DELETE"
                            + " FROM|FROM|WHERE|JOIN)\\b[^\"\\n]*\"\\s*\\+\\s*\"");

    /** The same with something between: a statement has places, and is formatted. */
    private static final Pattern TORN =
            Pattern.compile(
                    "\"[^\"\\n]*KEYWORD[^\"\\n]*\"\\s*\\+[^\";{}]+\\+\\s*\"[^\"\\n]*KEYWORD[^\"\\n]*\""
                            .replace(
                                    "KEYWORD",
                                    "\\b(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|FROM|WHERE|JOIN"
                                            + "|VALUES|RETURNING)\\b"));

    /** A text block, in which a quote begins nothing. */
    private static final Pattern BLOCK = Pattern.compile("\"\"\"[\\s\\S]*?\"\"\"");

    /** A sentence that speaks of SQL; a piece of SQL has no such words. */
    private static final Pattern PROSE = Pattern.compile("\\b(?:the|a|its|that|only|each)\\b");

    /** Comments and characters are passed over; what is left is a group. */
    private static final Pattern LITERALS =
            Pattern.compile(
                    "//[^\\n]*+|/\\*[\\s\\S]*?\\*/|'(?:\\\\.|[^'\\\\])++'"
                            + "|\"\"\"([\\s\\S]*?)\"\"\"|\"((?:\\\\.|[^\"\\\\\\n])*+)\"");

    /** What writes a table, in the letters that SQL has here; its name is a group. */
    private static final Pattern WRITES =
            Pattern.compile(
                    "\\b(?:(?:INSERT|MERGE)\\s+INTO|DELETE\\s+FROM|TRUNCATE)\\s+([a-z_]+)"
                            + "|\\bUPDATE\\s+([a-z_]+)(?:\\s+(?:AS\\s+)?[a-z]+)?\\s+SET\\b");

    /** Rooms whose methods are called by less than what they do still, and all of some scripts. */
    private static final List<String> KEEPING =
            List.of("daemon/discover/", "daemon/start/", "script/Scripts.java");

    /** Where a class in another begins; its name is a group. */
    private static final Pattern NESTED =
            Pattern.compile("(?m)^ +(?:[a-z-]+ )*(?:record|class|enum|interface) ([A-Z]\\w*)");

    private static final HouseSources SOURCES = HouseSources.read();
    private static final Map<Path, String> MAIN = SOURCES.main();
    private static final Map<Path, String> TESTS = SOURCES.tests();

    @BeforeAll
    static void theSourcesAreFound() {
        assertThat(MAIN).hasSizeGreaterThan(500);
        assertThat(TESTS).hasSizeGreaterThan(200);
    }

    @Test
    void noClassNameStandsTwice() {
        var all = new HashMap<String, List<Path>>();
        for (var files : List.of(MAIN, TESTS, SOURCES.loners())) {
            files.keySet()
                    .forEach(f ->
                            all.computeIfAbsent(HouseSources.name(f), n -> new ArrayList<>())
                                    .add(f));
        }
        assertThat(all.values()).allMatch(files -> files.size() == 1, "stands once");
    }

    /** A nested class counts with its holder's name, but a reader meets it without. */
    @Test
    void noNestedClassIsCalledLikeAnother() {
        var all = MAIN.keySet().stream().map(HouseSources::name).collect(Collectors.toSet());
        MAIN.forEach((file, text) -> {
            if (file.startsWith("engine") || file.startsWith("agent")) {
                assertThat(NESTED.matcher(text).results().map(found -> found.group(1)))
                        .as("%s", file)
                        .doesNotContainAnyElementsOf(all);
            }
        });
    }

    @Test
    void sqlIsNotWrittenInPieces() {
        var found = new ArrayList<String>();
        MAIN.forEach((file, text) ->
                Stream.of(PIECES, TORN)
                        .flatMap(p -> p.matcher(BLOCK.matcher(text).replaceAll("T")).results())
                        .filter(piece -> !PROSE.matcher(piece.group()).find())
                        .forEach(piece -> found.add(file + ": " + piece.group())));
        assertThat(found).isEmpty();
    }

    @Test
    void nineOfTenFilesAndMethodsAreShort() throws IOException {
        var files = MAIN.values().stream().map(text -> text.lines().count()).toList();
        assertThat(ninthTenth(files)).isLessThanOrEqualTo(SHORT_FILE);
        var methods =
                House.methods(MAIN.keySet().stream().map(HouseSources.ROOT::resolve).toList());
        assertThat(methods).hasSizeGreaterThan(5_000);
        assertThat(ninthTenth(methods.stream().map(House.Method::lines).toList()))
                .isLessThanOrEqualTo(SHORT_METHOD);
    }

    private static long ninthTenth(List<Long> lengths) {
        return lengths.stream().sorted().toList().get(lengths.size() * 9 / 10);
    }

    @Test
    void roomsAreNoHalls() {
        var rooms =
                MAIN.keySet().stream()
                        .filter(file -> !file.toString().contains("lint/rules"))
                        .collect(Collectors.groupingBy(Path::getParent, Collectors.counting()));
        assertThat(rooms)
                .allSatisfy((room, files) ->
                        assertThat(files).as("%s", room).isLessThanOrEqualTo(ROOM));
    }

    @Test
    void testsStandBesideWhatTheyTest() {
        var names = MAIN.keySet().stream().map(HouseSources::name).collect(Collectors.toSet());
        assertThat(TESTS.keySet().stream().map(HouseSources::name))
                .filteredOn(test ->
                        test.endsWith("Test") && names.contains(test.replaceAll("Test$", "")))
                .hasSizeGreaterThanOrEqualTo(PAIRS);
    }

    @Test
    void classNamesAreNotStored() {
        MAIN.forEach((file, text) -> {
            if (file.startsWith("api") || file.startsWith("audit")) {
                assertThat(text).as("%s", file).doesNotContain("getSimpleName");
            }
        });
    }

    @Test
    void methodsSayWhatTheyDo() throws IOException {
        var sources =
                MAIN.keySet().stream()
                        .filter(file -> file.startsWith("engine") || file.startsWith("agent"))
                        .filter(file -> KEEPING.stream().noneMatch(file.toString()::contains))
                        .map(HouseSources.ROOT::resolve)
                        .toList();
        assertThat(
                        House.methods(sources).stream()
                                .map(House.Method::where)
                                .filter(method ->
                                        method.matches(".* (all|round|one|told|go|bear)")))
                .isEmpty();
    }

    /** Both services have the tables of what they share; beside these, each has its own. */
    @Test
    void everyTableHasOneOwner() {
        for (var service : List.of("api", "audit")) {
            var owners = new TreeMap<String, Set<String>>();
            MAIN.forEach((file, text) -> {
                if (file.startsWith(service) || file.startsWith("engine/service")) {
                    written(text)
                            .forEach(table ->
                                    owners.computeIfAbsent(table, t -> new TreeSet<>())
                                            .add(HouseSources.name(file)));
                }
            });
            assertThat(owners).as(service).hasSizeGreaterThan(TABLES);
            assertThat(owners.entrySet())
                    .as(service)
                    .allMatch(table -> table.getValue().size() == 1, "is written by one class");
        }
    }

    private static Stream<String> written(String source) {
        return LITERALS.matcher(source)
                .results()
                .flatMap(literal -> group(literal).stream())
                .flatMap(sql -> WRITES.matcher(sql).results())
                .flatMap(write -> group(write).stream());
    }

    /** The first group that is there. */
    private static Optional<String> group(MatchResult found) {
        return Optional.ofNullable(found.group(1)).or(() -> Optional.ofNullable(found.group(2)));
    }
}
