// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.run;

import dev.skein.agent.daemon.discover.DatabaseInventory;
import dev.skein.agent.daemon.discover.ServerDatabase;
import dev.skein.agent.daemon.relay.DatabaseReporter;
import dev.skein.agent.daemon.relay.JournalRelay;
import dev.skein.engine.SkeinException;
import dev.skein.engine.event.Directive;
import dev.skein.engine.postgres.BriefSessions;
import dev.skein.engine.postgres.PgClient;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Tells how a directive ended: relays what the journal holds, and reports the database. */
@ApplicationScoped
public class EndingReports {
    private static final Logger LOG = Logger.getLogger(EndingReports.class);

    private final DatabaseInventory inventory;
    private final JournalRelay relay;
    private final DatabaseReporter reporter;
    private final PgClient client;

    public EndingReports(
            DatabaseInventory inventory,
            JournalRelay relay,
            DatabaseReporter reporter,
            Vertx vertx) {
        this.inventory = inventory;
        this.relay = relay;
        this.reporter = reporter;
        this.client = PgClient.on(vertx);
    }

    /** Tells of a database that is here. */
    void report(ServerDatabase place, DirectiveEnding ending) {
        try (var session = client.open(place.address(), "skein relay", BriefSessions.SETTINGS)) {
            relay.relay(session, place, ending.isOld());
            reporter.report(inventory.look(session, place), ending.answer());
        } catch (SkeinException e) {
            // The entries are safe in the journal; the next round of discovery relays them.
            LOG.warnf("relay: %s", e.getMessage());
            reporter.report(inventory.look(place), ending.answer());
        }
    }

    /** Says that a directive cannot be carried out, as its database is not known here. */
    void reportAbsent(Directive directive) {
        var answer = AbsenceReasons.answer(directive, inventory.unlisted());
        LOG.warnf("run: %s", answer.message());
        reporter.answer(directive.uid(), answer);
    }
}
