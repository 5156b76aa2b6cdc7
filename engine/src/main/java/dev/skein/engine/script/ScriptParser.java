// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.script;

import dev.skein.engine.script.ScriptPiece.Comment;
import dev.skein.engine.script.ScriptPiece.DirectiveLine;
import dev.skein.engine.script.ScriptPiece.Statement;
import dev.skein.engine.script.text.DirectiveNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one revision file: a header of directives, then sections of statements. */
public final class ScriptParser {
    private static final Pattern IRREVERSIBLE = Pattern.compile("irreversible\\s+\"(.+)\"");

    private final String file;
    private final Header header;
    private final Map<String, Section> sections = new LinkedHashMap<>();
    private final List<Statement> statements = new ArrayList<>();
    private @Nullable String open;
    private int openLine;
    private @Nullable String irreversible;

    private ScriptParser(String file) {
        this.file = file;
        this.header = new Header(file);
    }

    /**
     * Reads a file's text.
     *
     * @param file its name, for errors and for the record
     * @throws ScriptError with the line, for anything that is not a revision file
     */
    public static Script parse(String file, String text) {
        var clean = text.startsWith("\uFEFF") ? text.substring(1) : text;
        int nul = clean.indexOf('\0');
        if (nul >= 0) {
            int line = 1 + (int) clean.substring(0, nul).chars().filter(c -> c == '\n').count();
            throw new ScriptError(file, line, "a NUL character stands here", "Remove it");
        }
        var whole = clean.replace("\r\n", "\n");
        var pieces = SqlLexer.cut(file, whole);
        var script = of(file, pieces);
        var former = SqlLexer.cutFormerly(file, whole);
        return former.equals(pieces)
                ? script
                : script.withFormerChecksum(of(file, former).checksum());
    }

    private static Script of(String file, List<ScriptPiece> pieces) {
        var parser = new ScriptParser(file);
        pieces.forEach(parser::take);
        return parser.script();
    }

    private void take(ScriptPiece piece) {
        switch (piece) {
            case DirectiveLine d -> directive(d);
            case Comment c -> comment(c);
            case Statement s -> statement(s);
        }
    }

    private void directive(DirectiveLine directive) {
        int colon = directive.text().indexOf(':');
        var name = colon < 0 ? directive.text() : directive.text().substring(0, colon);
        var value = colon < 0 ? "" : directive.text().substring(colon + 1).strip();
        name = name.strip().toLowerCase(Locale.ROOT);
        if (DirectiveNames.SECTIONS.contains(name)) {
            section(directive.line(), name, value);
        } else if (open != null) {
            throw new ScriptError(
                    file,
                    directive.line(),
                    "'"
                            + name
                            + "' is no section"
                            + DirectiveNames.suggestion(name, DirectiveNames.SECTIONS),
                    "Header lines stand above the first section");
        } else {
            header.put(directive.line(), name, value);
        }
    }

    private void section(int line, String name, String value) {
        close();
        var full = sectionName(line, name, value);
        var first = sections.get(full);
        if (first != null) {
            throw new ScriptError(
                    file,
                    line,
                    "the section '%s' stands here a second time (first in line %s)"
                            .formatted(full, first.line()),
                    "Join the two");
        }
        sections.put(full, new Section(line, List.of()));
        open = full;
        openLine = line;
    }

    private String sectionName(int line, String name, String value) {
        if (name.equals("verify") && value.equals("after")) {
            return "verify: after";
        }
        var reason = IRREVERSIBLE.matcher(value);
        if (name.equals("downgrade") && reason.matches()) {
            irreversible = reason.group(1);
        } else if (!value.isEmpty()) {
            throw new ScriptError(
                    file,
                    line,
                    "the section '" + name + "' is followed by '" + value + "'",
                    "Known are: verify: after, and downgrade: irreversible \"<why>\"");
        }
        return name;
    }

    private void comment(Comment comment) {
        var text = comment.text();
        int colon = text.indexOf(':');
        var word = (colon < 0 ? text : text.substring(0, colon)).strip().toLowerCase(Locale.ROOT);
        var names = open == null ? DirectiveNames.atTheTop() : DirectiveNames.SECTIONS;
        var meant = DirectiveNames.meant(word, names);
        if (meant.isPresent()) {
            throw new ScriptError(
                    file,
                    comment.line(),
                    "the comment '-- %s' looks like the directive '%s'"
                            .formatted(text, meant.get()),
                    "Write '--@ " + meant.get() + "', or word the comment otherwise");
        }
    }

    private void statement(Statement statement) {
        if (open == null) {
            throw new ScriptError(
                    file,
                    statement.line(),
                    "SQL stands before the first section",
                    "Put '--@ upgrade' on a line above it");
        }
        statements.add(statement);
    }

    private void close() {
        if (open != null) {
            sections.put(open, new Section(openLine, statements));
            statements.clear();
        }
    }

    private Script script() {
        close();
        if (!sections.containsKey("upgrade") && header.revises().size() < 2) {
            throw new ScriptError(
                    file, 0, "there is no section 'upgrade'", "Add a line '--@ upgrade'");
        }
        var draft =
                new Script(
                        header.revision(),
                        file,
                        header.transactional(),
                        header.duration("lock-timeout"),
                        header.duration("statement-timeout"),
                        header.batch(),
                        header.allowed(),
                        get("precheck"),
                        get("upgrade"),
                        get("verify"),
                        get("verify: after"),
                        get("downgrade"),
                        irreversible,
                        "",
                        null);
        StatementRules.check(draft);
        BatchRules.check(draft);
        return draft.withChecksum(Checksum.of(draft));
    }

    private Section get(String name) {
        return sections.getOrDefault(name, Section.ABSENT);
    }
}
