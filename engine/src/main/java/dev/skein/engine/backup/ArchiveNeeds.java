// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.backup;

import dev.skein.engine.SkeinException;
import dev.skein.engine.script.ScriptPiece;
import dev.skein.engine.script.SqlLexer;
import dev.skein.engine.server.ProgramRuns;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The roles that an archive names, of a backup that noted none: read from the statements that
 * pg_restore would send, whose form is always the same.
 */
final class ArchiveNeeds {
    private static final String ROLE = "(\"(?:[^\"]|\"\")+\"|[^\\s\",;()]+)";
    private static final String ROLES = "(" + ROLE + "(?:, " + ROLE + ")*)";

    /** Who something is given to, and who makes what others have privileges of. */
    private static final List<Pattern> OWNERS =
            List.of(
                    Pattern.compile("^ALTER .* OWNER TO " + ROLE + "$", Pattern.DOTALL),
                    Pattern.compile("^ALTER DEFAULT PRIVILEGES FOR ROLE " + ROLE + " "),
                    Pattern.compile("^SET SESSION AUTHORIZATION " + ROLE + "$"));

    private static final List<Pattern> OTHERS =
            List.of(
                    Pattern.compile(
                            "^(?:GRANT|ALTER DEFAULT PRIVILEGES) .* TO "
                                    + ROLE
                                    + "(?: WITH GRANT OPTION)?(?: GRANTED BY .*)?$",
                            Pattern.DOTALL),
                    Pattern.compile(
                            "^(?:REVOKE|ALTER DEFAULT PRIVILEGES) .* FROM "
                                    + ROLE
                                    + "(?: GRANTED BY .*)?$",
                            Pattern.DOTALL),
                    Pattern.compile("^CREATE USER MAPPING FOR " + ROLE + " SERVER "));

    private static final Pattern POLICY =
            Pattern.compile(
                    "^CREATE POLICY .*? TO " + ROLES + "(?: USING \\(| WITH CHECK \\(|$)",
                    Pattern.DOTALL);
    private static final Pattern EACH = Pattern.compile(ROLE);

    private static final Set<String> NOBODY =
            Set.of("PUBLIC", "public", "CURRENT_USER", "SESSION_USER", "CURRENT_ROLE", "DEFAULT");

    private final Set<String> roles = new TreeSet<>();
    private final Set<String> owners = new TreeSet<>();

    private ArchiveNeeds() {}

    /**
     * What is known of a backup's needs, or what its archive tells.
     *
     * @param programs that read it
     */
    static RestoreNeeds of(Backup backup, Path archive, DumpPrograms programs) {
        return backup.needs() == null ? in(archive, programs) : backup.needs();
    }

    private static RestoreNeeds in(Path archive, DumpPrograms programs) {
        try {
            return ofDefinitions(archive, programs);
        } catch (SkeinException e) { // strings were written otherwise where it was saved
            System.getLogger(ArchiveNeeds.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "{0}: which roles it names is not known: {1}",
                            archive,
                            e.found());
            return RestoreNeeds.UNKNOWN;
        }
    }

    private static RestoreNeeds ofDefinitions(Path archive, DumpPrograms programs) {
        var file = archive.toString();
        var read = List.of(programs.program("pg_restore"), "--schema-only", "--file=-", file);
        var output = ProgramRuns.output(read);
        var needs = new ArchiveNeeds();
        for (var piece : SqlLexer.cut(file, output)) {
            if (piece instanceof ScriptPiece.Statement statement) {
                needs.take(statement.sql());
            }
        }
        return new RestoreNeeds(List.copyOf(needs.roles), List.copyOf(needs.owners), List.of());
    }

    private void take(String sql) {
        OWNERS.forEach(form -> find(form, sql, owners));
        OTHERS.forEach(form -> find(form, sql, roles));
        find(POLICY, sql, roles);
        roles.addAll(owners);
    }

    private static void find(Pattern form, String sql, Set<String> found) {
        var m = form.matcher(sql);
        if (m.find()) {
            EACH.matcher(m.group(1))
                    .results()
                    .map(role -> role.group())
                    .filter(role -> !NOBODY.contains(role))
                    .map(ArchiveNeeds::bare)
                    .forEach(found::add);
        }
    }

    private static String bare(String role) {
        return role.startsWith("\"")
                ? role.substring(1, role.length() - 1).replace("\"\"", "\"")
                : role;
    }
}
