// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.run;

import dev.skein.agent.cli.common.Output;
import dev.skein.agent.cli.common.YesQuestion;
import dev.skein.agent.cli.place.ClaimOptions;
import dev.skein.agent.cli.place.DatabasePlace;
import dev.skein.agent.cli.place.PlaceSession;
import dev.skein.agent.cli.place.SystemUser;
import dev.skein.engine.execute.JournalAdoption;
import dev.skein.engine.execute.JournalRetirement;
import dev.skein.engine.journal.DatabaseIdentity;
import dev.skein.engine.journal.Journal;
import dev.skein.engine.postgres.PgClient;
import java.time.Clock;
import java.util.Optional;

/**
 * Takes databases over whose journals belong to other places.
 *
 * @param claim what is said of them
 * @param isAlone whether it is one database
 */
record ClaimAdoption(PgClient client, Output out, ClaimOptions claim, boolean isAlone) {
    AdoptedDatabase adopt(DatabasePlace place) {
        var schema = claim.retired();
        return schema == null ? bound(place) : retired(place, schema);
    }

    private AdoptedDatabase retired(DatabasePlace place, String schema) {
        var clock = Clock.systemUTC();
        var ended =
                JournalRetirement.run(
                        client,
                        place.address(),
                        schema,
                        SystemUser.author(),
                        claim.isAgreed(),
                        clock);
        return new AdoptedDatabase(place.name() + " " + schema, ended.uid(), ended.heads());
    }

    private AdoptedDatabase bound(DatabasePlace place) {
        var scope = place.scope().withSite(claim.site());
        var agreed = isAlone && (claim.isAgreed() || isConfirmed(place));
        var state =
                JournalAdoption.run(
                        client,
                        place.address(),
                        scope,
                        SystemUser.author(),
                        claim.claim(agreed),
                        Clock.systemUTC());
        return new AdoptedDatabase(place.name(), state.uid(), state.heads());
    }

    /** Whether somebody says at the terminal what {@code --yes} says, where it is needed. */
    private boolean isConfirmed(DatabasePlace place) {
        if (claim.reason() != JournalAdoption.Reason.CLONE || !out.isTerminal()) {
            return false;
        }
        try (var session = PlaceSession.open(client, place)) {
            var journal = new Journal(session, place.scope().schema());
            var standing =
                    journal.exists() ? journal.standing() : Optional.<Journal.Standing>empty();
            var here = DatabaseIdentity.here(session, claim.site());
            return standing.filter(found -> found.boundTo().isSame(here)).isPresent()
                    && YesQuestion.isAgreed(
                            out,
                            place.name()
                                    + " is where its journal belongs. Is its whole server a copy,"
                                    + " and is it to be another database from now on?");
        }
    }
}
