// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.place;

import dev.skein.engine.SkeinException;
import dev.skein.engine.execute.JournalAdoption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** What {@code skein adopt} is told of databases with journals of other places. */
public final class ClaimOptions {
    @ArgGroup(multiplicity = "1")
    private Reason reason = new Reason();

    @Option(
            names = "--site",
            paramLabel = "SITE/SERVER",
            description =
                    "The agent's site and the server's name there, as an agent says it: what tells"
                            + " a copied or renamed server apart.")
    private @Nullable String site;

    @Option(
            names = "--from",
            paramLabel = "SCHEMA",
            description = "With --moved and --schema: the name that the tenant's schema had.")
    private @Nullable String from;

    @Option(
            names = {"-y", "--yes"},
            description =
                    "With --clone, where its journal belongs: its whole server is a copy; it is"
                            + " not asked. With --from: it is that schema though it was changed."
                            + " With --retire: though a schema of that name is there.")
    private boolean yes;

    /** What happened to the database. */
    static final class Reason {
        @Option(names = "--moved", required = true, description = "It was moved or renamed.")
        private boolean moved;

        @Option(
                names = "--restored",
                required = true,
                description = "It was restored from a backup.")
        private boolean restored;

        @Option(
                names = "--rewound",
                required = true,
                description =
                        "Its whole server was put back to an earlier moment, where it always was.")
        private boolean rewound;

        @Option(
                names = "--clone",
                required = true,
                description = "It is a copy; the other lives on.")
        private boolean clone;

        @Option(
                names = "--retire",
                required = true,
                paramLabel = "SCHEMA",
                description =
                        "A tenant's schema was dropped: its journal is put away, with an entry that"
                                + " says so, and what is made under its name begins anew.")
        private @Nullable String retired;

        public JournalAdoption.Reason reason() {
            if (moved) {
                return JournalAdoption.Reason.MOVED;
            }
            if (restored) {
                return JournalAdoption.Reason.RESTORED;
            }
            if (rewound) {
                return JournalAdoption.Reason.REWOUND;
            }
            if (clone) {
                return JournalAdoption.Reason.CLONE;
            }
            throw new IllegalStateException("one of the options is required");
        }
    }

    public JournalAdoption.Reason reason() {
        return reason.reason();
    }

    /** The schema whose journal is put away; null where something else is said. */
    public @Nullable String retired() {
        return reason.retired;
    }

    public @Nullable String site() {
        return site;
    }

    public boolean isAgreed() {
        return yes;
    }

    public JournalAdoption.Claim claim(boolean agreed) {
        return new JournalAdoption.Claim(reason(), agreed, from);
    }

    /** Refuses a schema's name where it cannot be one schema's. */
    public void refuseForSeveral(List<DatabasePlace> places) {
        var isDatabase = places.getFirst().scope().schema().isEmpty();
        if (reason.retired != null
                && (places.size() > 1 || !isDatabase || site != null || from != null)) {
            throw SkeinException.usage(
                    "Option --retire",
                    "it names the schema itself, of one database",
                    "skein adopt --retire SCHEMA, without --schema, --site and --from");
        }
        if (from == null) {
            return;
        }
        var isOne = places.size() == 1 && !places.getFirst().scope().schema().isEmpty();
        if (reason() != JournalAdoption.Reason.MOVED || !isOne) {
            throw SkeinException.usage(
                    "Option --from",
                    "it is about one schema that was renamed",
                    "skein adopt --moved --from OLD --schema NEW");
        }
    }
}
