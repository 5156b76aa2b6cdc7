// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert.script;

import dev.skein.agent.cli.convert.record.OwnTable;
import dev.skein.agent.cli.convert.source.ForeignSource;
import dev.skein.agent.cli.convert.source.ImportNotes;
import dev.skein.agent.cli.convert.source.TransactionMode;
import dev.skein.engine.script.MismatchedStatements;
import dev.skein.engine.script.ScriptError;
import dev.skein.engine.script.ScriptParser;
import dev.skein.engine.script.ScriptPiece;
import dev.skein.engine.script.ScriptPiece.Comment;
import dev.skein.engine.script.ScriptPiece.Statement;
import dev.skein.engine.script.SqlLexer;
import java.util.List;

/**
 * One direction of another tool's migration, read and made fit for a revision: as it was written,
 * but without the transactions that are Skein's to open, without what it takes back itself, and
 * with its settings for the transaction alone.
 */
public final class ForeignScript {
    private static final String HEAD = "--@ revision: x\n--@ upgrade\n";

    private final ForeignSource source;
    private final TransactionMode ran;
    private final List<ScriptPiece> pieces;
    private final List<Statement> statements;
    private final ScriptTransactions.Effect effect;
    private final OwnTable own;
    private final TextEdits edits;

    private ForeignScript(
            ForeignSource source, TransactionMode ran, OwnTable own, List<ScriptPiece> pieces) {
        this.source = source;
        this.own = own;
        this.ran = ran;
        this.pieces = pieces;
        this.statements =
                pieces.stream()
                        .filter(Statement.class::isInstance)
                        .map(Statement.class::cast)
                        .toList();
        this.effect =
                ScriptTransactions.of(source, statements, ran)
                        .without(i -> own.of(statements.get(i)) == OwnTable.Part.ALONE);
        this.edits = new TextEdits(source.text());
    }

    /**
     * Reads it.
     *
     * @throws ScriptError with the file's line, for what cannot be taken over
     */
    public static ForeignScript read(ForeignSource source, TransactionMode ran, OwnTable own) {
        if (source.trouble() != null) {
            throw source.trouble();
        }
        var plain = PsqlLines.without(source);
        return new ForeignScript(plain, ran, own, cut(plain));
    }

    static List<ScriptPiece> cut(ForeignSource source) {
        try {
            return SqlLexer.cut(source.file().toString(), source.text());
        } catch (ScriptError e) {
            throw source.error(e.line(), e.found(), e.remedy());
        }
    }

    public ForeignSource source() {
        return source;
    }

    private List<Statement> kept() {
        return effect.kept().stream().map(statements::get).toList();
    }

    /** Whether nothing of it takes effect. */
    public boolean isEmpty() {
        return kept().stream().allMatch(s -> SettingStatement.of(s).isPresent());
    }

    /** Whether it has what PostgreSQL refuses in a transaction. */
    public boolean needsNoTransaction() {
        return ran == TransactionMode.ALONE
                || kept().stream().anyMatch(RefusedInTransaction::is)
                || (ran != TransactionMode.WRAPPED && RefusedInTransaction.usesNewValue(kept()));
    }

    /**
     * Its text in a revision.
     *
     * @param alone whether the revision runs in no transaction
     * @throws ScriptError with the file's line, for what no revision can do
     */
    public String text(boolean alone, ScriptTimeouts timeouts, ImportNotes notes) {
        var places = StatementPlaces.of(source.text(), statements);
        dropped(places, notes);
        kept().forEach(s -> owned(s, notes));
        if (alone) {
            new NonTransactionalSettings(source, timeouts, notes)
                    .edit(statements, effect, places, edits);
        } else {
            new LocalSettings(source, notes).edit(statements, effect, places, edits);
        }
        pieces.forEach(this::comment);
        checked(alone);
        return edits.text();
    }

    private void dropped(StatementPlaces places, ImportNotes notes) {
        if (effect.isParted()) {
            notes.add("it commits in its middle; it is one unit now", source.file());
        }
        for (int i = 0; i < statements.size(); i++) {
            if (!effect.kept().contains(i)) {
                drop(i, places, notes);
            }
        }
    }

    private void drop(int i, StatementPlaces places, ImportNotes notes) {
        var s = statements.get(i);
        if (!places.has(i)) {
            throw source.error(
                    s.line(), "rows of COPY are taken back here", "Leave them out of the file");
        }
        if (s.words().contains("ISOLATION LEVEL") || s.words().contains("READ ONLY")) {
            note("its transaction's own mode is not taken over", s, notes);
        } else if (!ScriptTransactions.isOne(s)) {
            note(whyDropped(s), s, notes);
        }
        edits.put(places.from(i), places.end(i), "");
    }

    private String whyDropped(Statement s) {
        return own.of(s) == OwnTable.Part.ALONE
                ? "what it does to " + own.name(s) + ", the other tool's own table, is left out"
                : "what has no effect there, because it is taken back, is left out";
    }

    private void note(String what, Statement s, ImportNotes notes) {
        notes.add(what, source.file(), source.lineOf(s.line()));
    }

    /** What stays must do without the other tool's table. */
    private void owned(Statement s, ImportNotes notes) {
        var part = own.of(s);
        if (part == OwnTable.Part.AMONG) {
            throw source.error(
                    s.line(),
                    "it needs "
                            + own.name(s)
                            + ", the other tool's own table, which a database does not have that"
                            + " Skein made",
                    "Leave the table out of it");
        }
        if (part == OwnTable.Part.INSIDE) {
            notes.add(
                    "it speaks of "
                            + own.name(s)
                            + ", the other tool's own table; see that it does without",
                    source.file(),
                    source.lineOf(s.line()));
        }
    }

    /** A comment that a revision would take for a directive is worded otherwise. */
    private void comment(ScriptPiece piece) {
        if (piece instanceof ScriptPiece.DirectiveLine d) {
            throw source.error(
                    d.line(), "'--@' begins a directive of Skein", "Word the comment otherwise");
        }
        if (piece instanceof Comment c && isDirective(c.text())) {
            int from = StatementPlaces.lineStart(source.text(), c.line());
            int at = source.text().indexOf("--", from) + 2;
            edits.put(at, at, " note:");
        }
    }

    private static boolean isDirective(String comment) {
        try {
            ScriptParser.parse("", HEAD + "-- " + comment + "\n");
            return false;
        } catch (ScriptError e) {
            return true;
        }
    }

    private void checked(boolean alone) {
        var head = alone ? HEAD.replace("--@ up", "--@ transaction: none\n--@ up") : HEAD;
        int above = alone ? 3 : 2;
        try {
            MismatchedStatements.refuse(
                    ScriptParser.parse(source.file().toString(), head + edits.lined()));
        } catch (ScriptError e) {
            throw source.error(Math.max(0, e.line() - above), e.found(), e.remedy());
        }
    }
}
