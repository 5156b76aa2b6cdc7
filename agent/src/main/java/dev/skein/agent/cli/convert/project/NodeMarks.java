// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert.project;

import dev.skein.agent.cli.convert.source.ForeignSource;
import dev.skein.agent.cli.convert.source.ImportNotes;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The marks of node-pg-migrate: the first comment that begins with the words "up migration", and
 * the first with "down migration". Its expression takes prose for marks, too, which in the files of
 * others is a comment; where the two readings would run something else, a file is refused.
 */
final class NodeMarks {
    private static final Pattern COMMENTS = Pattern.compile("(?s)/\\*.*?\\*/|(?m)^\\s*--.*$");
    private static final String REMEDY =
            "Leave nothing but the mark in its line, or word the comment otherwise";

    private final ForeignSource file;
    private final List<String> lines;
    private final @Nullable Line up;
    private final @Nullable Line down;

    private NodeMarks(ForeignSource file) {
        this.file = file;
        this.lines = List.of(file.text().split("\n", -1));
        this.up = first("up");
        this.down = first("down");
    }

    /**
     * A line that the tool takes for a mark.
     *
     * @param number from 1
     * @param exact whether it says nothing else, as a sentence would
     */
    private record Line(int number, boolean exact) {}

    static Optional<MarkedFile> read(ForeignSource file, ImportNotes notes) {
        var marks = new NodeMarks(file);
        if (marks.up != null && marks.down != null) {
            return Optional.of(marks.both(marks.up, marks.down));
        }
        if (marks.up != null) {
            return marks.markedFile(marks.up, marks.isEmpty(0, marks.up.number()), notes);
        }
        return marks.down == null
                ? Optional.empty()
                : marks.markedFile(
                        marks.down, marks.isEmpty(marks.down.number(), marks.lines.size()), notes);
    }

    private @Nullable Line first(String direction) {
        var mark = Pattern.compile("(?i)\\s*--[\\s-]*" + direction + "\\s+migration(?<rest>.*)");
        for (int i = 0; i < lines.size(); i++) {
            var m = mark.matcher(lines.get(i));
            if (m.matches()) {
                return new Line(i + 1, m.group("rest").matches("\\s*(?:[^\\p{L}\\s].*)?"));
            }
        }
        return null;
    }

    private MarkedFile both(Line forth, Line back) {
        if (!forth.exact() || !back.exact()) {
            return refused(
                    forth.exact() ? back : forth,
                    "node-pg-migrate takes this line for a mark, and it reads like a comment");
        }
        var first = forth.number() < back.number() ? forth : back;
        if (!isEmpty(0, first.number())) {
            return refused(first, "node-pg-migrate runs nothing of what stands before this mark");
        }
        int end = lines.size();
        return first.equals(forth)
                ? MarkedFile.parted(
                        file,
                        file.withText(text(0, back.number() - 1)),
                        back.number() + 1,
                        text(back.number(), end))
                : MarkedFile.parted(
                        file,
                        new ForeignSource(
                                file.file(), forth.number() + 1, text(forth.number(), end)),
                        back.number() + 1,
                        text(back.number(), forth.number() - 1));
    }

    /** One mark alone: all of the file goes forth, unless the mark would leave something out. */
    private Optional<MarkedFile> markedFile(Line mark, boolean harmless, ImportNotes notes) {
        if (mark.exact() && harmless) {
            return Optional.of(new MarkedFile(file, null, false, false));
        }
        if (mark.exact()) {
            return Optional.of(
                    refused(
                            mark,
                            mark.equals(up)
                                    ? "node-pg-migrate runs nothing of what stands before this mark"
                                    : "without a mark of the way forth node-pg-migrate runs what"
                                            + " follows this one on it as well"));
        }
        if (!harmless) {
            notes.add(
                    "a comment that node-pg-migrate would take for a mark is none here",
                    file.file(),
                    mark.number());
        }
        return Optional.empty();
    }

    private MarkedFile refused(Line mark, String found) {
        return MarkedFile.refused(file, mark.number(), found, REMEDY);
    }

    private boolean isEmpty(int from, int to) {
        return COMMENTS.matcher(text(from, to)).replaceAll("").isBlank();
    }

    private String text(int from, int to) {
        return String.join("\n", lines.subList(from, to));
    }
}
