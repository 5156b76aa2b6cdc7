// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One page of the papers, cut into what is code and what is not.
 *
 * @param code lines of blocks, fenced or indented by four and more, and spans
 * @param prose lines outside of blocks
 */
record PaperPage(Path file, List<String> lines, List<String> code, List<String> prose) {
    private static final Set<String> PASSED_OVER = Set.of("target", "src", ".git", ".skein");
    private static final Pattern SPAN = Pattern.compile("`([^`]+)`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final String FENCE = "```";

    /** All pages of a checkout. */
    static List<PaperPage> all(Path root) throws IOException {
        var files = new ArrayList<Path>();
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
                    public FileVisitResult visitFile(Path at, BasicFileAttributes of) {
                        if (at.toString().endsWith(".md")) {
                            files.add(at);
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
        var pages = new ArrayList<PaperPage>();
        for (var file : files) {
            pages.add(of(file, Files.readAllLines(file)));
        }
        return pages;
    }

    static PaperPage of(Path file, List<String> lines) {
        var code = new ArrayList<String>();
        var prose = new ArrayList<String>();
        boolean fenced = false;
        boolean indented = false;
        boolean blank = true;
        for (var line : lines) {
            boolean fence = line.strip().startsWith(FENCE);
            indented = !fenced && line.startsWith("    ") && (indented || blank);
            if (fence) {
                fenced = !fenced;
            } else if (fenced || indented) {
                code.add(line.strip());
            } else {
                prose.add(line);
                SPAN.matcher(line).results().forEach(span -> code.add(span.group(1)));
            }
            blank = line.isBlank();
        }
        return new PaperPage(file, lines, code, prose);
    }

    /** Where its links lead. */
    List<String> links() {
        return prose.stream()
                .flatMap(line -> LINK.matcher(line).results())
                .map(link -> link.group(1))
                .toList();
    }

    /** The names by which links find its headings, as GitHub makes them. */
    List<String> anchors() {
        return prose.stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT))
                .map(title -> title.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
                .toList();
    }

    long words() {
        return lines.stream()
                .flatMap(line -> Pattern.compile("\\s+").splitAsStream(line))
                .filter(word -> !word.isEmpty())
                .count();
    }
}
