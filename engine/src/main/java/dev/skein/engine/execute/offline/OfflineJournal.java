// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.offline;

import dev.skein.engine.catalog.CatalogQuery;
import dev.skein.engine.catalog.Fingerprint;
import dev.skein.engine.execute.offline.OfflineScript.ScriptTarget;
import dev.skein.engine.execute.order.ExpectedSchema;
import dev.skein.engine.execute.order.RevisionFailures;
import dev.skein.engine.execute.session.Nonce;
import dev.skein.engine.journal.Entry;
import dev.skein.engine.journal.EntryBody;
import dev.skein.engine.journal.EntryChain;
import dev.skein.engine.journal.EntryDraft;
import dev.skein.engine.journal.JournalSql;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.plan.Direction;
import dev.skein.engine.plan.Step;
import dev.skein.engine.postgres.SqlLiterals;
import dev.skein.engine.script.Script;

/** The journal of the database that a script is written for, kept as a run would keep it. */
final class OfflineJournal {
    private static final String FINGERPRINT = "pg_temp.skein_fingerprint()";
    private static final String CHANGED =
            "the schema was changed by somebody else; see skein check, then write the script anew";
    private static final String FINGERPRINT_NOTE =
            """
            -- How the journal tells what schema was left. There is nothing to review in this
            -- function, which lives as long as the session; the revisions are below it.
            """;

    private final OfflineText text;
    private final String target;
    private final CatalogQuery query;
    private final EntryChain chain;
    private JournalState state;

    OfflineJournal(OfflineText text, String target, ScriptTarget place) {
        this.text = text;
        this.target = target;
        this.query = CatalogQuery.of(target, place.major());
        this.chain = place.chain();
        this.state = place.state();
    }

    /** Makes the function for the fingerprint, and compares the schema with what is expected. */
    void begin(ExpectedSchema expected) {
        text.add(FINGERPRINT_NOTE);
        text.statement(
                "CREATE OR REPLACE FUNCTION "
                        + FINGERPRINT
                        + " RETURNS text LANGUAGE sql AS $skein$\n"
                        + query.fingerprint()
                        + "\n$skein$");
        expect(expected);
        text.add("\n");
    }

    void end() {
        text.statement("DROP FUNCTION " + FINGERPRINT);
    }

    /** Refuses a schema that somebody changed, or says in the journal that nobody can know. */
    private void expect(ExpectedSchema expected) {
        var sql = new JournalSql(target, Nonce.next());
        switch (expected) {
            case ExpectedSchema.Anything anything -> {}
            case ExpectedSchema.Known known -> compare(sql, known.fingerprint());
            case ExpectedSchema.Unknown unknown -> {
                var draft = unknown.entry(state.heads(), null);
                var entry = chain.next(state, draft);
                var after = state.after(entry, draft.heads(), null);
                text.statement(sql.append(state, after, entry, null, "NULL", null));
                state = after;
            }
        }
    }

    private void compare(JournalSql sql, Fingerprint left) {
        text.statement("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE");
        text.statement(sql.guard(state)); // where it ran already, that is what to say
        text.statement(query.pins());
        var seen = left.isCurrent() ? FINGERPRINT : "(" + query.fingerprint(left.format()) + ")";
        var asked = "SELECT " + seen + " = " + SqlLiterals.text(left.toString());
        text.statement(JournalSql.verify(asked, RevisionFailures.UNLIKE, CHANGED));
        text.statement("COMMIT");
    }

    /** Refuses to go on elsewhere, or twice; outside a transaction, too. */
    void guard(JournalSql sql) {
        text.statement(sql.guard(state));
    }

    /**
     * Writes the entry of a step.
     *
     * @param last whether no other follows it, so that the entry tells what schema it left
     */
    void close(Step step, Script script, JournalSql sql, boolean last) {
        var draft = applied(step, script);
        var entry = chain.next(state, draft);
        var after = state.after(entry, step.headsAfter(), null);
        if (script.transactional()) {
            closeTransaction(sql, after, entry, last);
        } else {
            text.statement(sql.append(state, after, entry, null, "NULL", null));
        }
        state = after;
    }

    private static EntryDraft applied(Step step, Script script) {
        var up = step.direction() == Direction.UP;
        var section = up ? script.upgrade() : script.downgrade();
        var version = new EntryBody.RevisionVersion(script.id(), script.checksum());
        var body = up ? new EntryBody.Applied(version) : new EntryBody.Reverted(version);
        return new EntryDraft(step.headsAfter(), section.sql(), body);
    }

    private void closeTransaction(JournalSql sql, JournalState after, Entry entry, boolean last) {
        text.statement("RESET SESSION AUTHORIZATION");
        text.statement("RESET search_path");
        if (last) {
            text.statement(query.pins());
        }
        text.statement(sql.close(state, after, entry, null, last ? FINGERPRINT : "NULL", null));
    }
}
