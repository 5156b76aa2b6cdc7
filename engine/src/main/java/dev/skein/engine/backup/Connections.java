// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.backup;

import dev.skein.engine.postgres.DatabaseAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What PostgreSQL's programs are told and tell: a password not where other users of the machine see
 * it, complaints without the values of rows.
 */
final class Connections {
    private static final int MOST = 3;

    /** How a program begins what went wrong; other lines are details. */
    private static final Pattern ERROR = Pattern.compile("^\\w+: error: .*");

    /** Behind a word for how bad it is, in the server's language. */
    private static final String SERVER_SAYS = ":  ";

    /** Something in quotes that is no name, to the last quote of the line: values may hold some. */
    private static final Pattern VALUE =
            Pattern.compile(
                    "^((?:[^\"]|(?<=relation |table |column |constraint |index |schema |role |type"
                            + " |function |extension |database |view |sequence |trigger |language"
                            + " |parameter |server |user )\"[^\"]*\")*)\".*\"");

    /** In other languages' quotes, names are not told from values. */
    private static final Pattern FOREIGN = Pattern.compile("[«»“”„‹›《》「」].*[«»“”„‹›《》「」]");

    private Connections() {}

    /** The errors of what a program says, without details that name values. */
    static String inWords(String complaints) {
        if (complaints.isEmpty()) {
            return "";
        }
        var errors =
                complaints
                        .lines()
                        .filter(line -> ERROR.matcher(line).matches())
                        .limit(MOST)
                        .map(Connections::withoutValues)
                        .collect(Collectors.joining("; "));
        return errors.isEmpty() ? "it failed" : errors;
    }

    /** What an English server said of names is kept: after the word for their kind. */
    private static String withoutValues(String line) {
        int server = line.indexOf(SERVER_SAYS);
        if (server < 0) {
            return line;
        }
        var said = FOREIGN.matcher(line.substring(server)).replaceAll("\"…\"");
        return line.substring(0, server) + VALUE.matcher(said).replaceAll("$1\"…\"");
    }

    /**
     * What the programs are told besides their arguments.
     *
     * @param application what {@code pg_stat_activity} shows
     */
    static Map<String, String> environment(DatabaseAddress address, String application, int major) {
        var told = new HashMap<String, String>();
        told.put("PGOPTIONS", Patient.options(major));
        told.put("PGAPPNAME", application);
        if (address.password() != null) {
            told.put("PGPASSWORD", address.password());
        }
        return told;
    }
}
