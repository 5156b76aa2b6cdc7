// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert;

import dev.skein.agent.cli.convert.record.OwnTable;
import dev.skein.agent.cli.convert.script.ForeignScript;
import dev.skein.agent.cli.convert.script.ScriptTimeouts;
import dev.skein.agent.cli.convert.source.ForeignMigration;
import dev.skein.agent.cli.convert.source.ImportNotes;
import dev.skein.engine.SkeinException;
import dev.skein.engine.revision.Revision;
import dev.skein.engine.script.ScriptWriter;
import org.jspecify.annotations.Nullable;

/** The text of a revision that takes another tool's migration over. */
final class RevisionText {
    private RevisionText() {}

    /**
     * Writes it.
     *
     * @throws SkeinException with the other tool's file and line, for what cannot be taken over
     */
    static String of(
            Revision revision, ForeignMigration migration, OwnTable own, ImportNotes notes) {
        if (migration.noSql() != null) {
            throw migration.up().error(0, migration.noSql(), "Write its SQL by hand");
        }
        var up = ForeignScript.read(migration.up(), migration.ran(), own);
        var down =
                migration.down() == null
                        ? null
                        : ForeignScript.read(migration.down(), migration.ran(), own);
        boolean alone = up.needsNoTransaction() || (down != null && down.needsNoTransaction());
        var timeouts = new ScriptTimeouts();
        var upgrade = up.text(alone, timeouts, notes).strip();
        var downgrade = downgrade(up, down, alone, timeouts, notes);
        return ScriptWriter.header(revision)
                + (alone ? "--@ transaction: none\n" : "")
                + timeouts.text()
                + "\n--@ upgrade\n"
                + (upgrade.isEmpty() ? "" : upgrade + "\n")
                + downgrade;
    }

    private static String downgrade(
            ForeignScript up,
            @Nullable ForeignScript down,
            boolean alone,
            ScriptTimeouts timeouts,
            ImportNotes notes) {
        if (down == null) {
            return irreversible("it came without a way back");
        }
        if (down.isEmpty() && !up.isEmpty()) {
            notes.add("its way back is empty, so there is none", down.source().file());
            return irreversible("its way back was empty");
        }
        return "\n--@ downgrade\n" + down.text(alone, timeouts, notes).strip() + "\n";
    }

    private static String irreversible(String why) {
        return "\n--@ downgrade: irreversible \"" + why + "\"\n";
    }

    /** A revision that fails until somebody writes what another tool's migration does. */
    static String stub(Revision revision, ForeignMigration migration, SkeinException why) {
        var what = "revision " + revision.id() + " is not written yet";
        return ScriptWriter.header(revision)
                + "\n--@ upgrade\n-- | "
                + (why.subject() + ": " + why.found()).replaceAll("\\s*\\R\\s*", " ")
                + "\n-- | Write here what it does, in the place of this statement.\n"
                + "DO $stub$ BEGIN RAISE EXCEPTION '"
                + what.replace("'", "''")
                + "' USING HINT = 'It was a migration of another tool that could not be taken"
                + " over.'; END $stub$;\n"
                + asComment(migration.up().text())
                + (migration.down() == null
                        ? ""
                        : "-- | Its way back:\n" + asComment(migration.down().text()));
    }

    private static String asComment(String text) {
        var lines = new StringBuilder();
        text.strip()
                .lines()
                .map(line -> line.replace("\0", "").stripTrailing())
                .forEach(line -> lines.append("-- |    ").append(line).append('\n'));
        return lines.toString();
    }
}
