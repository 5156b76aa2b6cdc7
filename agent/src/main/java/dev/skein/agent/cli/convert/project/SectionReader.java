// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert.project;

import dev.skein.agent.cli.convert.source.ForeignSource;
import dev.skein.agent.cli.convert.source.ImportNotes;
import dev.skein.engine.script.ScriptError;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads a file that its tool parts into sections; each line stays where it was. */
final class SectionReader {
    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\$\\{\\w+[^}\\n]*\\}|\\$[A-Za-z_]\\w*(?![\\w$])");

    private final SectionMarks tool;
    private final ForeignSource file;
    private final ImportNotes notes;
    private final List<MarkedSection> sections = new ArrayList<>();
    private boolean alone;
    private boolean variables;

    SectionReader(SectionMarks tool, ForeignSource file, ImportNotes notes) {
        this.tool = tool;
        this.file = file;
        this.notes = notes;
    }

    /**
     * What follows a mark of a direction.
     *
     * @param direction up or down; empty for what stands before the first mark
     * @param line of the mark, from 1
     */
    private record MarkedSection(String direction, int line, List<String> lines) {
        boolean isEmpty() {
            return lines.stream().allMatch(l -> l.isBlank() || l.stripLeading().startsWith("--"));
        }

        /** With the semicolon that a mark stands for, so that statements stay apart. */
        String text() {
            var last =
                    lines.stream()
                            .filter(l -> !l.isBlank() && !l.stripLeading().startsWith("--"))
                            .reduce((a, b) -> b)
                            .orElse(";");
            var text = String.join("\n", lines);
            return last.stripTrailing().endsWith(";") ? text : text + "\n;";
        }
    }

    MarkedFile read() {
        sections.add(new MarkedSection("", 0, new ArrayList<>()));
        int number = 0;
        try {
            for (var line : file.text().split("\n", -1)) {
                line(++number, line);
            }
        } catch (ScriptError e) {
            return new MarkedFile(
                    file.withTrouble(number, e.found(), e.remedy()), null, false, isByName());
        }
        if (!sections.getFirst().isEmpty()) {
            notes.add(
                    tool.tool() + " runs nothing of what stands before its first mark; left out",
                    file.file());
        }
        var down = of("down");
        return new MarkedFile(
                joined(of("up")), down.isEmpty() ? null : back(down), alone, isByName());
    }

    private boolean isByName() {
        return tool == SectionMarks.DBMATE;
    }

    private List<MarkedSection> of(String direction) {
        return sections.stream().filter(s -> s.direction().equals(direction)).toList();
    }

    private ForeignSource back(List<MarkedSection> down) {
        return tool == SectionMarks.RAMBLER ? joined(down.reversed()) : joined(down);
    }

    /** The text of sections; one alone, or in the file's order, has the file's lines. */
    private ForeignSource joined(List<MarkedSection> some) {
        var text = new StringBuilder();
        int line = 1;
        for (var section : some) {
            if (section.line() < line) {
                return new ForeignSource(
                        file.file(),
                        0,
                        some.stream().map(MarkedSection::text).collect(Collectors.joining("\n")));
            }
            text.append("\n".repeat(section.line() + 1 - line)).append(section.text());
            line = section.line() + 1 + (int) section.text().chars().filter(c -> c == '\n').count();
        }
        return new ForeignSource(file.file(), 1, text.toString());
    }

    private void line(int number, String line) {
        if (!tool.isLike(line)) {
            sections.getLast().lines().add(line);
            placeholders(number, line);
            return;
        }
        var mark =
                tool.mark(line)
                        .orElseThrow(() ->
                                file.error(
                                        number,
                                        tool.tool() + " does not know this mark",
                                        "Write it as " + tool.tool() + " reads it"));
        alone |= mark.isAlone();
        if (mark.what().startsWith("envsub")) {
            variables = mark.what().endsWith("on");
        }
        if (mark.what().equals("up") || mark.what().equals("down")) {
            begin(number, mark.what());
        } else {
            sections.getLast().lines().add("");
        }
    }

    private void begin(int number, String direction) {
        boolean first = direction.equals("up") && sections.size() == 1;
        boolean second = direction.equals("down") && sections.getLast().direction().equals("up");
        if (tool.isOnce() && !first && !second) {
            throw file.error(
                    number,
                    tool.tool() + " takes one mark for the way forth, and then one for that back",
                    "Put the sections together, the way forth first");
        }
        if (tool.isOnce() && first && !sections.getFirst().isEmpty()) {
            throw file.error(
                    number,
                    tool.tool() + " refuses what stands before this mark",
                    "Put it behind the mark");
        }
        sections.add(new MarkedSection(direction, number, new ArrayList<>()));
    }

    private void placeholders(int number, String line) {
        var m = PLACEHOLDER.matcher(line);
        while (variables && m.find()) {
            notes.add(
                    "the placeholder " + m.group() + " stands there as it is; write its value in",
                    file.file(),
                    number);
        }
    }
}
