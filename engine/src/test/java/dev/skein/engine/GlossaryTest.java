// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The words that classes are called by are explained, or need no explanation. */
@Tag("quick")
class GlossaryTest {
    private static final int TERMS = 100;
    private static final Pattern WORD = Pattern.compile("[A-Z]+(?![a-z])|[A-Z][a-z0-9]*");

    /** A row of the glossary's tables; its terms are a group. */
    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([a-z, -]+) \\| [^|]+ \\|$");

    private static Set<String> terms() throws IOException {
        var text = Files.readString(HouseSources.ROOT.resolve(".github/GLOSSARY.md"));
        var terms =
                ROW.matcher(text)
                        .results()
                        .flatMap(row -> Stream.of(row.group(1).split("[^a-z]+")))
                        .collect(Collectors.toCollection(TreeSet::new));
        terms.remove("word"); // the head of each table
        return terms;
    }

    private static Set<String> plain() {
        var words = ClassResources.text(GlossaryTest.class, "plain-words.txt");
        return words.lines().collect(Collectors.toSet());
    }

    /** A term, or several of it. */
    private static boolean isIn(Set<String> terms, String word) {
        return Stream.of(word, word.replaceAll("s$", ""), word.replaceAll("es$", ""))
                        .anyMatch(terms::contains)
                || terms.contains(word.replaceAll("ies$", "y"));
    }

    @Test
    void aNamesWordsAreExplainedOrPlain() throws IOException {
        var terms = terms();
        var plain = plain();
        var sources = HouseSources.read();
        var unknown = new TreeMap<String, String>();
        Stream.of(sources.main(), sources.loners())
                .flatMap(files -> files.keySet().stream())
                .map(HouseSources::name)
                .forEach(name ->
                        WORD.matcher(name)
                                .results()
                                .map(word -> word.group().toLowerCase(Locale.ROOT))
                                .filter(word -> !plain.contains(word) && !isIn(terms, word))
                                .forEach(word -> unknown.put(word, name)));
        assertThat(unknown)
                .as("a term goes into .github/GLOSSARY.md, any other word into plain-words.txt")
                .isEmpty();
        assertThat(terms).hasSizeGreaterThan(TERMS);
    }

    @Test
    void whatIsExplainedIsNotPlain() throws IOException {
        var terms = terms();
        assertThat(plain()).noneMatch(word -> isIn(terms, word));
    }
}
