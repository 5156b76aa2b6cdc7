// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert.script;

import dev.skein.agent.cli.convert.source.ForeignSource;
import dev.skein.agent.cli.convert.source.ImportNotes;
import dev.skein.engine.script.ScriptPiece.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the settings of a script ones of the revision's transaction, each for as long as it held.
 */
final class LocalSettings {
    private final ForeignSource source;
    private final ImportNotes notes;

    /** What was set for the session, with the statement that does it here. */
    private final Map<String, String> session = new LinkedHashMap<>();

    /** What was set for the script's own transaction alone. */
    private final List<String> local = new ArrayList<>();

    LocalSettings(ForeignSource source, ImportNotes notes) {
        this.source = source;
        this.notes = notes;
    }

    void edit(
            List<Statement> statements,
            ScriptTransactions.Effect effect,
            StatementPlaces places,
            TextEdits edits) {
        int transaction = 0;
        for (int i : effect.kept()) {
            var s = statements.get(i);
            var ended = transaction != effect.transactionOf(i) ? back() : "";
            transaction = effect.transactionOf(i);
            var setting = SettingStatement.of(s);
            if (setting.isEmpty() && ended.isEmpty()) {
                continue;
            }
            if (!places.has(i)) {
                throw source.error(
                        s.line(),
                        "a setting that ended with COMMIT stands before rows of COPY",
                        "Reset it in a statement of its own");
            }
            var text = setting.isPresent() ? here(s, setting.get()) : s.sql();
            if (!ended.isEmpty() || !s.sql().equals(text)) {
                var semicolon = text == null ? "" : text + behind(s);
                edits.put(places.from(i), places.end(i), ended + semicolon);
            }
        }
    }

    private static String behind(Statement s) {
        int comment = s.sql().lastIndexOf("--");
        return comment > s.sql().lastIndexOf('\n') && comment >= 0 ? "\n;" : ";";
    }

    private @Nullable String here(Statement s, SettingStatement setting) {
        if (setting.name().equals("transaction")) {
            notes.add(
                    "its transaction's own mode is not taken over",
                    source.file(),
                    source.lineOf(s.line()));
            return null;
        }
        if (setting.local()) {
            local.add(setting.name());
            return s.sql();
        }
        notes.add(
                "what it sets for the session is set for the revision alone (SET LOCAL)",
                source.file(),
                source.lineOf(s.line()));
        if (setting.name().equals("all")) {
            return resetAll();
        }
        if (setting.text() != null) {
            session.put(setting.name(), setting.text());
        }
        return setting.text();
    }

    /** RESET ALL: each of them that was set. */
    private @Nullable String resetAll() {
        var back = session.keySet().stream().map(SettingStatement::defaults).toList();
        session.clear();
        return back.isEmpty() ? null : String.join("; ", back);
    }

    private String back() {
        var text = new StringBuilder();
        for (var name : local) {
            text.append(session.getOrDefault(name, String.valueOf(SettingStatement.defaults(name))))
                    .append("; ");
        }
        local.clear();
        return text.toString();
    }
}
