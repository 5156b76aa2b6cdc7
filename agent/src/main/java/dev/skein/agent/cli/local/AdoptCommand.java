// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.local;

import dev.skein.engine.execute.Adoption;
import java.time.Clock;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code skein adopt}. */
@Command(
        name = "adopt",
        description = "Say why a journal's database is in another place, and take it over.")
public final class AdoptCommand extends DatabaseCommand {
    @ArgGroup(multiplicity = "1")
    private Reason reason;

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
                names = "--clone",
                required = true,
                description = "It is a copy; the other lives on.")
        private boolean clone;

        Adoption.Reason reason() {
            if (moved) {
                return Adoption.Reason.MOVED;
            }
            if (restored) {
                return Adoption.Reason.RESTORED;
            }
            if (clone) {
                return Adoption.Reason.CLONE;
            }
            throw new IllegalStateException("one of the options is required");
        }
    }

    @Override
    public Integer call() {
        try (var client = Client.take()) {
            var state =
                    Adoption.run(
                            client, one().address(), author(), reason.reason(), Clock.systemUTC());
            if (isJson()) {
                out().json(state);
            } else {
                out().say(
                                out().good("Adopted")
                                        + ": "
                                        + state.uid()
                                        + " at "
                                        + names(state.heads()));
            }
            return 0;
        }
    }
}
