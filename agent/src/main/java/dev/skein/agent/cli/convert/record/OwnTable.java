// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert.record;

import dev.skein.agent.cli.convert.project.MigrationTool;
import dev.skein.agent.cli.convert.source.ForeignMigration;
import dev.skein.engine.script.ScriptPiece.Statement;
import dev.skein.engine.script.TokenCursor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The table in which the other tool records what it applied. A database that Skein alone migrated
 * does not have it, unless the project makes it itself, so what a script does to it has no place in
 * a revision.
 *
 * @param names of tables, as the catalog has them
 * @param schemas of which every table is the tool's
 */
public record OwnTable(Set<String> names, Set<String> schemas) {
    /** What a statement has to do with it. */
    public enum Part {
        NONE,
        /** It is about this table alone, and means nothing without it. */
        ALONE,
        /** It needs this table and does something else as well. */
        AMONG,
        /** The text of a routine speaks of it. */
        INSIDE
    }

    private static final Set<String> BEFORE_A_TABLE =
            Set.of("FROM", "JOIN", "INTO", "UPDATE", "TABLE", "ONLY", "ON", "REFERENCES", "LIKE");

    public OwnTable {
        names = Set.copyOf(names);
        schemas = Set.copyOf(schemas);
    }

    public static OwnTable none() {
        return new OwnTable(Set.of(), Set.of());
    }

    /**
     * The tables of a tool that none of its migrations makes.
     *
     * @param told another table, as the project's settings name it; absent for the tool's usual one
     */
    public static OwnTable of(
            MigrationTool tool, @Nullable String told, List<ForeignMigration> migrations) {
        var names = new HashSet<String>();
        var schemas = new HashSet<String>();
        var usual =
                RecordTable.KNOWN.stream()
                        .filter(t -> tool.records(t.tool()))
                        .map(RecordTable::name);
        for (var name : told == null ? usual.toList() : List.of(told)) {
            int dot = name.indexOf('.');
            if (tool == MigrationTool.SQITCH) {
                schemas.add(name.substring(0, Math.max(dot, 0)));
            } else {
                names.add(name.substring(dot + 1));
            }
        }
        names.removeIf(name -> migrations.stream().anyMatch(m -> makes(m.up().text(), name)));
        return new OwnTable(names, schemas);
    }

    private static boolean makes(String text, String name) {
        return Pattern.compile(
                        "(?i)\\bCREATE\\s+TABLE\\s+(IF\\s+NOT\\s+EXISTS\\s+)?([^\\s;(]+\\.)?\"?"
                                + Pattern.quote(name)
                                + "\\b")
                .matcher(text)
                .find();
    }

    /** Whether a text may speak of it at all. */
    private boolean isIn(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        return names.stream().anyMatch(n -> lower.contains(n.toLowerCase(Locale.ROOT)))
                || schemas.stream().anyMatch(s -> lower.contains(s.toLowerCase(Locale.ROOT) + "."));
    }

    /** Asks of a statement. */
    public Part of(Statement s) {
        if (!isIn(s.sql())) {
            return Part.NONE;
        }
        if (s.starts("DO") || s.words().matches("CREATE (OR REPLACE )?(FUNCTION|PROCEDURE)\\b.*")) {
            return Part.INSIDE;
        }
        var cursor = TokenCursor.of(s.sql());
        if (subject(cursor).filter(this::isIt).isPresent()) {
            return cursor.takeSign(',') ? Part.AMONG : Part.ALONE;
        }
        return isNeeded(s) ? Part.AMONG : Part.NONE;
    }

    /** The table that a statement is about; the cursor is behind its name. */
    private static Optional<List<String>> subject(TokenCursor at) {
        if (at.take("ALTER", "TABLE") || at.take("DROP", "TABLE")) {
            at.take("ONLY");
            return at.isAt("IF") ? Optional.empty() : Optional.of(at.name());
        }
        if (at.take("COMMENT", "ON", "COLUMN")) {
            var column = at.name();
            return Optional.of(column.subList(0, Math.max(0, column.size() - 1)));
        }
        if (at.take("INSERT", "INTO") || at.take("UPDATE") || at.take("DELETE", "FROM")) {
            at.take("ONLY");
            return Optional.of(at.name());
        }
        if (at.take("TRUNCATE") || at.take("LOCK")) {
            at.take("TABLE");
            at.take("ONLY");
            return Optional.of(at.name());
        }
        return isOn(at) ? on(at) : Optional.empty();
    }

    private static boolean isOn(TokenCursor at) {
        return at.isAt("GRANT")
                || at.isAt("REVOKE")
                || at.isAt("COMMENT")
                || ((at.take("CREATE") || at.take("ALTER") || at.take("DROP"))
                        && (at.has("TRIGGER")
                                || at.has("POLICY")
                                || at.has("INDEX")
                                || at.has("RULE")));
    }

    private static Optional<List<String>> on(TokenCursor at) {
        while (!at.isAtEnd() && !at.isAt("ON")) {
            if (at.take("IF", "EXISTS")) {
                return Optional.empty();
            }
            at.skip();
        }
        at.take("ON");
        at.take("TABLE");
        at.take("ONLY");
        return Optional.of(at.name());
    }

    /** Whether it stands where only a table can. */
    private boolean isNeeded(Statement s) {
        var cursor = TokenCursor.of(s.sql());
        boolean expected = false;
        while (!cursor.isAtEnd()) {
            var name = expected ? cursor.name() : List.<String>of();
            if (isIt(name)) {
                return true;
            }
            var last = name.isEmpty() ? cursor.skip() : name.getLast();
            expected =
                    BEFORE_A_TABLE.contains(last.toUpperCase(Locale.ROOT))
                            ? !cursor.isAt("IF")
                            : expected && !name.isEmpty() && cursor.takeSign(',');
        }
        return false;
    }

    private boolean isIt(List<String> name) {
        var plain = plain(name);
        return !plain.isEmpty()
                && (names.contains(plain.getLast())
                        || (plain.size() > 1 && schemas.contains(plain.getFirst())));
    }

    /** The parts of a name as the catalog has them. */
    private static List<String> plain(List<String> written) {
        var plain = new ArrayList<String>();
        for (var part : written) {
            plain.add(
                    part.startsWith("\"")
                            ? part.substring(1, part.length() - 1).replace("\"\"", "\"")
                            : part.toLowerCase(Locale.ROOT));
        }
        return plain;
    }

    /** Its name, for a person. */
    public String name(Statement s) {
        var lower = s.sql().toLowerCase(Locale.ROOT);
        return names.stream()
                .filter(n -> lower.contains(n.toLowerCase(Locale.ROOT)))
                .sorted()
                .findFirst()
                .orElse(String.join(", ", schemas));
    }
}
