// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.backup.session;

import dev.skein.engine.postgres.DatabaseAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What PostgreSQL's programs are told and tell: a password not where other users of the machine see
 * it, complaints without the values of rows, and what makes them notice a server that is silent.
 */
public final class ProgramConnections {
    private static final int SHOWN_ERRORS = 3;

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

    /**
     * As for our own sessions: a server that is silent for half a minute is gone. Else it is two
     * hours by the system's own word. TCP's user timeout would also end a restore whose server only
     * does not read for so long.
     */
    private static final List<String> SILENCE =
            List.of(
                    "connect_timeout=10",
                    "keepalives_idle=15",
                    "keepalives_interval=5",
                    "keepalives_count=3");

    private ProgramConnections() {}

    /** An address as the programs are told it; what it says itself of such times goes before. */
    public static String url(DatabaseAddress address) {
        var url = new StringBuilder(address.url());
        for (var setting : SILENCE) {
            var name = setting.substring(0, setting.indexOf('=') + 1);
            if (!address.url().contains("?" + name) && !address.url().contains("&" + name)) {
                url.append(url.indexOf("?") < 0 ? '?' : '&').append(setting);
            }
        }
        return url.toString();
    }

    /** The errors of what a program says, without details that name values. */
    public static String inWords(String complaints) {
        if (complaints.isEmpty()) {
            return "";
        }
        var errors =
                complaints
                        .lines()
                        .filter(line -> ERROR.matcher(line).matches())
                        .limit(SHOWN_ERRORS)
                        .map(ProgramConnections::withoutValues)
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
    public static Map<String, String> environment(
            DatabaseAddress address, String application, int major) {
        var told = new HashMap<String, String>();
        told.put("PGOPTIONS", PatientSessions.options(major));
        told.put("PGAPPNAME", application);
        if (address.password() != null) {
            told.put("PGPASSWORD", address.password());
        }
        return told;
    }
}
