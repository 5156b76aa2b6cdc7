// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert.project;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tools that part a file into sections by lines of marks, and what each one takes for a mark. */
enum SectionMarks {
    /**
     * Its parser takes every comment with its sign for a mark, and refuses what it does not know.
     */
    GOOSE(
            "goose",
            true,
            "(?i)\\s*--\\s*\\+goose\\b.*",
            "\\s*--.*\\+goose.*",
            "(?i)--[\\s-]*\\+goose\\s*(?<what>up|down|statementbegin|statementend|no"
                    + " transaction|envsub(?:st)? (?:on|off))(?<options>)[\\s-]*"),
    /**
     * Sections come in any order and again and again; a mark that it does not know is a comment.
     */
    SQL_MIGRATE(
            "sql-migrate",
            false,
            "(?i)\\s*--\\s*\\+migrate\\b.*",
            "(?i)\\s*--\\s*\\+migrate\\b.*",
            "-- \\+migrate \\s*(?<what>Up|Down|StatementBegin|StatementEnd)(?<options>\\s.*)?"),
    DBMATE(
            "dbmate",
            true,
            "(?i)\\s*--\\s*migrate:(?:up|down)\\b.*",
            "(?i)\\s*--\\s*migrate:(?:up|down)\\b.*",
            "--\\s*migrate:(?<what>up|down)(?<options>\\s.*)?"),
    /** Whatever begins with its name ends a section; sections back are run from the last one. */
    RAMBLER(
            "rambler",
            false,
            "(?i)\\s*--\\s*rambler\\s+(?:up|down)\\s*",
            "(?i)\\s*--\\s*rambler\\b.*",
            "-- rambler\\s*(?<what>up|down)(?<options>\\s*)");

    private final String tool;
    private final boolean once;
    private final Pattern sign;
    private final Pattern alike;
    private final Pattern exact;

    SectionMarks(String tool, boolean once, String sign, String alike, String exact) {
        this.tool = tool;
        this.once = once;
        this.sign = Pattern.compile(sign);
        this.alike = Pattern.compile(alike);
        this.exact = Pattern.compile(exact);
    }

    /**
     * A mark.
     *
     * @param what in lower case: up, down, or what has no direction
     */
    record Mark(String what, List<String> options) {
        boolean isAlone() {
            return what.equals("no transaction")
                    || options.contains("notransaction")
                    || options.contains("transaction:false");
        }
    }

    /** Those whose marks are in a text. */
    static List<SectionMarks> in(String text) {
        return Arrays.stream(values())
                .filter(tool -> text.lines().anyMatch(l -> tool.sign.matcher(l).matches()))
                .toList();
    }

    String tool() {
        return tool;
    }

    /** Whether it refuses a second section of a direction, and text before the first one. */
    boolean isOnce() {
        return once;
    }

    /** Whether a line is a mark, or looks like one. */
    boolean isLike(String line) {
        return alike.matcher(line).matches();
    }

    /** The mark of a line; empty where the tool takes it for none. */
    Optional<Mark> mark(String line) {
        var m = exact.matcher(line);
        if (!m.matches()) {
            return Optional.empty();
        }
        var options = m.group("options") == null ? "" : m.group("options").strip();
        return Optional.of(
                new Mark(m.group("what").toLowerCase(Locale.ROOT), List.of(options.split("\\s+"))));
    }
}
