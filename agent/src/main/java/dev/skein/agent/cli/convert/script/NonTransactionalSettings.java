// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert.script;

import dev.skein.agent.cli.convert.source.ForeignSource;
import dev.skein.agent.cli.convert.source.ImportNotes;
import dev.skein.engine.script.ScriptPiece.Statement;
import java.util.List;
import java.util.Set;

/**
 * Settings of a script that runs in no transaction: there is nothing there that could hold one, so
 * limits go to the header, those that change no meaning go, and any other is refused.
 */
final class NonTransactionalSettings {
    private static final Set<String> WITHOUT_MEANING =
            Set.of(
                    "client_min_messages",
                    "idle_in_transaction_session_timeout",
                    "transaction_timeout",
                    "transaction",
                    "maintenance_work_mem",
                    "max_parallel_maintenance_workers",
                    "work_mem");

    private final ForeignSource source;
    private final ScriptTimeouts timeouts;
    private final ImportNotes notes;

    NonTransactionalSettings(ForeignSource source, ScriptTimeouts timeouts, ImportNotes notes) {
        this.source = source;
        this.timeouts = timeouts;
        this.notes = notes;
    }

    void edit(
            List<Statement> statements,
            ScriptTransactions.Effect effect,
            StatementPlaces places,
            TextEdits edits) {
        int last =
                effect.kept().stream()
                        .filter(i -> SettingStatement.of(statements.get(i)).isEmpty())
                        .reduce(-1, (a, b) -> b);
        for (int i : effect.kept()) {
            var s = statements.get(i);
            var setting = SettingStatement.of(s);
            if (setting.isEmpty()) {
                continue;
            }
            if (i < last) {
                take(s, setting.get());
            }
            edits.put(places.from(i), places.end(i), "");
        }
    }

    private void take(Statement s, SettingStatement setting) {
        var isLimit = ScriptTimeouts.has(setting.name()) && timeouts.put(setting);
        if (!isLimit && !WITHOUT_MEANING.contains(setting.name())) {
            throw source.error(
                    s.line(),
                    "'"
                            + s.sql().replaceAll("\\s+", " ")
                            + "' would not hold: what follows runs in no transaction",
                    "Say it in the statements themselves, for example with schema names");
        }
        notes.add(
                isLimit
                        ? "its limit stands in the revision's header"
                        : "what it sets for the session is left out, as it runs in no transaction",
                source.file(),
                source.lineOf(s.line()));
    }
}
