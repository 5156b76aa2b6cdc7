// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.step;

import dev.skein.engine.execute.order.RevisionFailures;
import dev.skein.engine.execute.session.Nonce;
import dev.skein.engine.journal.Entry;
import dev.skein.engine.journal.JournalSql;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.journal.KeptCatalog;
import dev.skein.engine.script.ScriptPiece.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Packs a transaction of a step into messages: the guard, the statements, the checks, the closing
 * statement and COMMIT. What goes beyond a megabyte is another message.
 */
final class StepPacking {
    private static final int MEGABYTE = 1 << 20;

    private final StepContext context;
    private final StepCargo cargo;
    private final RevisionFailures failures;
    private final StepMessage.Meaning atTheEnd;
    private final List<StepMessage> messages = new ArrayList<>();

    private StepPacking(StepContext context, StepCargo cargo) {
        this.context = context;
        this.cargo = cargo;
        this.failures = context.failures();
        this.atTheEnd = (e, at) -> failures.after(e);
    }

    /** Packs it, between the states before and after its entry. */
    static List<StepMessage> pack(
            StepContext context,
            StepCargo cargo,
            JournalState before,
            JournalState after,
            Entry entry) {
        var sql = new JournalSql(context.journal().target(), Nonce.next());
        var packing = new StepPacking(context, cargo);
        packing.begin(sql.guard(before));
        packing.addStatements();
        if (cargo.checks()) {
            packing.addChecks();
        }
        packing.reset();
        var fingerprint = packing.addFingerprint();
        var kept = packing.keepsCatalog() ? KeptCatalog.left() : null;
        packing.close(sql.close(before, after, entry, null, fingerprint, kept));
        return packing.messages;
    }

    private void begin(String guard) {
        // A setting that a statement by itself leaves is for the next one of its revision.
        messages.add(cargo.fingerprint() ? context.beginAnew(guard) : context.begin(guard));
        if (cargo.follows()) {
            add(context.locks().none(), 1, atTheEnd);
        }
    }

    private void addStatements() {
        int number = cargo.first();
        for (var statement : cargo.statements()) {
            int n = number++;
            addConditions(n, statement);
            add(statement.sql(), 1, (e, at) -> failures.at(n, statement, e, at));
        }
    }

    private void addConditions(int number, Statement statement) {
        for (var one : statement.conditions()) {
            var asked = JournalSql.verify(one.question(), RevisionFailures.UNLIKE, one.otherwise());
            add(asked, 1, (e, at) -> failures.at(number, statement, e, 0));
        }
    }

    private void addChecks() {
        var checks = context.script().verify().statements();
        if (checks.isEmpty()) {
            return;
        }
        add("SET CONSTRAINTS ALL IMMEDIATE", 1, atTheEnd); // they show now
        var asked = new RevisionFailures(context.session().subject(), context.script(), "verify");
        int number = 0;
        for (var check : checks) {
            int n = ++number;
            var question =
                    JournalSql.verify(check.sql(), RevisionFailures.VERIFY, "verify is not true");
            add(question, 1, (e, at) -> asked.at(n, check, e, 0));
        }
    }

    /** As it began, so that the journal is written, and committed, as it must be. */
    private void reset() {
        add("SET CONSTRAINTS ALL IMMEDIATE", 1, atTheEnd);
        var reset = "RESET SESSION AUTHORIZATION; RESET search_path; RESET synchronous_commit";
        add(reset, 3, atTheEnd);
        if (cargo.fingerprint()) {
            context.fingerprint()
                    .forget()
                    .forEach(sql -> add(sql, 1, atTheEnd)); // a revision's end
        }
    }

    /** Asks for the fingerprint, and gives the expression for it. */
    private String addFingerprint() {
        if (!isFingerprinted()) {
            return "NULL";
        }
        add(context.fingerprint().ask(), StepFingerprints.STATEMENTS, atTheEnd);
        return StepFingerprints.VALUE;
    }

    private boolean isFingerprinted() {
        return cargo.fingerprint() && context.fingerprint().isAsked();
    }

    private boolean keepsCatalog() {
        return isFingerprinted() && context.journal().keepsCatalog();
    }

    private void close(String entry) {
        add(entry + "; COMMIT", 2, atTheEnd);
    }

    private void add(String text, int statements, StepMessage.Meaning meaning) {
        if (messages.getLast().length() + text.length() > MEGABYTE) {
            messages.add(new StepMessage());
        }
        messages.getLast().add(text, statements, meaning);
    }
}
