// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.script.ScriptPiece.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Judges what was read of a revision file by the file's text alone, in its own simple way: all SQL
 * is in a statement and between two of them stands none, each statement is whole by itself, and
 * nothing is in it that the format refuses.
 */
final class ScriptOracle {
    private static final Set<String> HEADER =
            Set.of(
                    "revision",
                    "revises",
                    "message",
                    "created",
                    "author",
                    "label",
                    "depends-on",
                    "transaction",
                    "batch",
                    "allow",
                    "lock-timeout",
                    "statement-timeout");
    private static final Set<String> SECTIONS =
            Set.of("precheck", "upgrade", "verify", "verify: after", "downgrade");
    private static final Pattern REFUSED =
            Pattern.compile(
                    "(?i)(BEGIN|START\\s+TRANSACTION|COMMIT|ROLLBACK|END|ABORT"
                        + "|PREPARE\\s+TRANSACTION|SET(?!\\s+(LOCAL|CONSTRAINTS|TRANSACTION)\\b))"
                        + "(?![\\w$]|[^\\x00-\\x7f]).*",
                    Pattern.DOTALL);
    private static final Pattern QUESTION =
            Pattern.compile("(?i)[\\W\\d]*(\\(|(SELECT|WITH|VALUES|TABLE)\\b).*", Pattern.DOTALL);
    private static final Pattern END = Pattern.compile("(?md)^\\\\\\.$");
    private static final Duration LONGEST = Duration.ofDays(25);
    private static final Pattern JAVA =
            Pattern.compile("java\\.|Exception|Error\\b|out of (bounds|range)");
    private static final Pattern QUOTED =
            Pattern.compile(
                    "(?:a (?:dollar )?quote|a comment|the comment|unknown directive) '?(\\S+?)'?"
                            + " .*|'([^']+)' (?:is not allowed|is a command|is no section|stands"
                            + " here).*");

    private final String text;
    private final List<String> directives = new ArrayList<>();
    private int at;

    private ScriptOracle(String text) {
        this.text = text;
    }

    /** The text of a file as it counts: without a byte order mark, with plain line ends. */
    private static String plain(String text) {
        return (text.startsWith("\uFEFF") ? text.substring(1) : text).replace("\r\n", "\n");
    }

    /** A file that was read: nothing of it is left out. */
    static void judge(String text, Script script) {
        var oracle = new ScriptOracle(plain(text));
        var sections = new ArrayList<>(script.sections());
        sections.removeIf(section -> section.getValue().line() == 0);
        sections.sort(Comparator.comparingInt(section -> section.getValue().line()));
        for (var section : sections) {
            var question = !Set.of("upgrade", "downgrade").contains(section.getKey());
            var statements = section.getValue().statements();
            for (int i = 0; i < statements.size(); i++) {
                oracle.gap();
                i += oracle.statement(statements.subList(i, statements.size()), question) - 1;
            }
        }
        oracle.gap();
        if (oracle.rest().matches("(?is)COPY\\W.*")) {
            oracle.copy(List.of()); // one without rows
            oracle.gap();
        }
        assertThat(oracle.rest()).as("what no statement holds").isEmpty();
        assertThat(text).doesNotContain("\0");
        oracle.directives(script, sections.stream().map(java.util.Map.Entry::getKey).toList());
    }

    private String rest() {
        return text.substring(at);
    }

    /** How many of the statements were read here: one, or those of a COPY. */
    private int statement(List<Statement> next, boolean question) {
        var statement = next.getFirst();
        if (!text.startsWith(statement.sql(), at)) {
            return copy(next);
        }
        at += statement.sql().length();
        assertThat(statement.sql()).doesNotMatch(REFUSED);
        assertThat(!question || QUESTION.matcher(statement.sql()).matches()).isTrue();
        isWhole(statement.sql());
        return 1;
    }

    /** Whatever is open in a statement would swallow what stands behind it. */
    private static void isWhole(String sql) {
        var pieces = SqlLexer.cut("x.sql", sql + "\n--@ x\nSELECT 1");
        assertThat(pieces).hasSize(3);
        assertThat(pieces.getFirst()).isInstanceOf(Statement.class);
        assertThat(((Statement) pieces.getFirst()).sql()).isEqualTo(sql);
    }

    /** Each line of data is a row, or in csv a part of one. */
    private int copy(List<Statement> next) {
        var head = text.substring(at, text.indexOf(';', at));
        assertThat(head).as("what is no statement's text").matches("(?is)COPY\\W.*");
        int from = text.indexOf('\n', text.indexOf(';', at)) + 1;
        var mark = END.matcher(text);
        int end = mark.find(from) ? mark.start() : -1;
        assertThat(end).isPositive();
        at = Math.min(text.length(), end + 2);
        var data = text.substring(from, end);
        long most = data.chars().filter(c -> c == '\n').count();
        // a quoted name of the head may look like its end, and a row may go on in the next line
        var surely = data.substring(data.lastIndexOf(";\n") + 1);
        long least =
                Pattern.compile("\n")
                        .splitAsStream(surely)
                        .filter(line -> !line.isEmpty() && !line.endsWith("\\"))
                        .count();
        int read = 0;
        long rows = 0;
        while (read < next.size() && rows < most && isInsert(next.get(read))) {
            rows +=
                    Pattern.compile("\n")
                            .splitAsStream(next.get(read).sql())
                            .skip(1)
                            .filter(l -> l.startsWith("("))
                            .count();
            read++;
        }
        assertThat(rows)
                .isGreaterThanOrEqualTo(head.toLowerCase(Locale.ROOT).contains("csv") ? 0 : least);
        return read;
    }

    private static boolean isInsert(Statement statement) {
        return statement.sql().contains(" OVERRIDING SYSTEM VALUE VALUES\n");
    }

    /** Goes over what stands between statements. */
    private void gap() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == ';' || c == ' ' || (c >= '\t' && c <= '\r')) {
                at++;
            } else if (text.startsWith("--", at)) {
                var line = rest().split("[\n\r]", 2)[0];
                at += line.length();
                if (line.startsWith("--@")) {
                    directives.add(line.substring(3).strip());
                }
                assertThat(line).isNotIn("-- upgrate", "-- upgrade");
            } else if (text.startsWith("/*", at)) {
                comment();
            } else if (rest().matches("(?s)\\\\(un)?restrict\\b.*")) {
                at += rest().split("[\n\r]", 2)[0].length();
            } else {
                return;
            }
        }
    }

    private void comment() {
        int depth = 0;
        do {
            boolean opens = text.startsWith("/*", at);
            boolean closes = text.startsWith("*/", at);
            depth += opens ? 1 : closes ? -1 : 0;
            at += opens || closes ? 2 : 1;
            assertThat(at).as("a comment's end").isLessThanOrEqualTo(text.length());
        } while (depth > 0);
    }

    private void directives(Script script, List<String> sections) {
        var names = new ArrayList<String>();
        for (var directive : directives) {
            int colon = directive.indexOf(':');
            var name = (colon < 0 ? directive : directive.substring(0, colon)).strip();
            var value = colon < 0 ? "" : directive.substring(colon + 1).strip();
            var lower = name.toLowerCase(Locale.ROOT);
            value(lower, value, script);
            var after = lower.equals("verify") && value.equals("after");
            names.add(after ? "verify: after" : lower);
        }
        names.removeAll(Set.of("allow"));
        assertThat(names).doesNotHaveDuplicates();
        assertThat(names.stream().filter(name -> !HEADER.contains(name))).isEqualTo(sections);
        assertThat(SECTIONS).containsAll(sections);
    }

    private static void value(String name, String value, Script script) {
        switch (name) {
            case "created" -> assertThat(script.revision().created()).isEqualTo(value);
            case "revision" -> assertThat(script.id()).isEqualTo(value);
            case "transaction" -> assertThat(value).isIn("", "none");
            case "lock-timeout" -> assertThat(script.lockTimeout()).isLessThan(LONGEST);
            case "statement-timeout" -> assertThat(script.statementTimeout()).isLessThan(LONGEST);
            case "downgrade" ->
                    assertThat(script.irreversible() != null).isEqualTo(value.length() > 0);
            default -> {}
        }
    }

    /** A file that was refused: in words, with the line that has what they speak of. */
    static void judge(String text, ScriptError refusal) {
        assertThat(refusal.found()).isNotBlank().doesNotContainPattern(JAVA);
        assertThat(refusal.subject()).matches("x\\.sql(:\\d+)?");
        var lines = plain(text).split("\n", -1);
        assertThat(refusal.line()).isBetween(0, lines.length);
        var said = QUOTED.matcher(refusal.found());
        if (refusal.line() > 0 && said.matches()) {
            var spoken = Objects.requireNonNullElse(said.group(1), said.group(2));
            assertThat(lines[refusal.line() - 1])
                    .as(refusal.getMessage())
                    .containsIgnoringCase(spoken.split(" ")[0]);
        }
    }
}
