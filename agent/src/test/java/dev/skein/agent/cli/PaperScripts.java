// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Looks up, in scripts, builds and sources, what pages say of scripts, tests, variables of the
 * environment and settings of what Skein is built on.
 */
final class PaperScripts {
    private static final Set<String> PASSED_OVER = Set.of("target", "test", ".git", ".skein");
    private static final Pattern SCRIPT =
            Pattern.compile("(?<![\\w./-])(?:\\./)?((?:deploy|\\.ci)/[\\w./-]+)((?: [^|;&#]*)?)");
    private static final Pattern TEST =
            Pattern.compile("(?<![\\w./-])(?:\\./)?skein test((?: [^|;&#]*)?)");
    private static final Pattern VARIABLE =
            Pattern.compile("\\bSKEIN_(?!(?:AGENT|API|AUDIT)_)[A-Z_]*[A-Z]\\b");
    private static final Pattern SETTING =
            Pattern.compile("(?<![\\w.-])(?:quarkus|kafka)\\.[a-z.-]*[a-z](?==|$)");
    private static final Pattern MODULES = Pattern.compile("Name some of these: ([a-z0-9 ]+)");

    /** Settings that nothing here names but the pages, since their owner's guide has them. */
    private static final Set<String> OTHERS =
            Set.of(
                    "quarkus.datasource.reactive.trust-certificate-pem",
                    "quarkus.datasource.reactive.trust-certificate-pem.certs",
                    "quarkus.datasource.reactive.hostname-verification-algorithm",
                    "kafka.security.protocol",
                    "kafka.sasl.mechanism",
                    "kafka.sasl.jaas.config",
                    "kafka.ssl.truststore.type",
                    "kafka.ssl.truststore.location");

    private final Path root;
    private final String text;
    private final List<String> modules;

    PaperScripts(Path root) throws IOException {
        this.root = root;
        this.text = everything(root);
        var launcher = Files.readString(root.resolve("skein"));
        var names = MODULES.matcher(launcher).results().findFirst().orElseThrow().group(1);
        this.modules = List.of(names.strip().split(" "));
    }

    /** Scripts, builds and sources in one; what is no text of ours is passed over. */
    private static String everything(Path root) throws IOException {
        var all = new StringBuilder();
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path at, BasicFileAttributes of) {
                        return PASSED_OVER.contains(String.valueOf(at.getFileName()))
                                ? FileVisitResult.SKIP_SUBTREE
                                : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path at, BasicFileAttributes of)
                            throws IOException {
                        if (isRead(String.valueOf(at.getFileName()))) {
                            var bytes = Files.readAllBytes(at);
                            all.append(new String(bytes, StandardCharsets.UTF_8)).append('\n');
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
        return all.toString();
    }

    private static boolean isRead(String name) {
        return name.matches("pom\\.xml|[a-z]+|.*\\.(java|sh|properties)");
    }

    /** What is wrong with a piece of code. */
    List<String> complaints(String code) {
        var found = new ArrayList<String>();
        matches(SCRIPT, code).forEach(script -> script(script, found));
        matches(TEST, code).forEach(test -> test(test.group(1).strip().split("\\s+"), found));
        matches(VARIABLE, code)
                .map(MatchResult::group)
                .filter(name -> !isMeant(name))
                .forEach(name -> found.add("nothing reads " + name));
        matches(SETTING, code)
                .map(MatchResult::group)
                .filter(name -> !OTHERS.contains(name) && !isWord(name))
                .forEach(name -> found.add("nothing has the setting " + name));
        return found;
    }

    private static Stream<MatchResult> matches(Pattern pattern, String code) {
        return pattern.matcher(code).results();
    }

    private void script(MatchResult script, List<String> found) {
        var file = script.group(1).replaceAll("[./]+$", "");
        if (!Files.exists(root.resolve(file))) {
            found.add("there is no " + file);
        }
        for (var word : script.group(2).strip().split("\\s+")) {
            if (word.startsWith("--") && !isWord(word)) {
                found.add(file + " has no option " + word);
            }
        }
    }

    private void test(String[] words, List<String> found) {
        var quick = List.of(words).contains("--quick");
        for (var word : words) {
            var isThere =
                    switch (word) {
                        case String w when w.startsWith("--") -> isWord(w);
                        case String w when w.startsWith("-P") ->
                                text.contains("<id>" + w.substring(2) + "</id>");
                        case String w when quick && w.matches("[a-z0-9]+") -> modules.contains(w);
                        default -> true;
                    };
            if (!isThere) {
                found.add("skein test has no " + word);
            }
        }
    }

    private boolean isWord(String option) {
        return Pattern.compile("(?<![\\w-])" + Pattern.quote(option) + "(?![\\w-])")
                .matcher(text)
                .find();
    }

    /** A variable stands for itself or for a setting; of some, only the beginning is written. */
    private boolean isMeant(String name) {
        var setting = name.replace("_", "[._-]");
        return Pattern.compile("(?i)\\b" + setting + "\\b").matcher(text).find()
                || text.contains('"' + name.substring(0, name.lastIndexOf('_') + 1) + '"');
    }
}
