// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.run;

import dev.skein.agent.discover.Place;
import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import dev.skein.engine.event.DatabaseReport.Kind;
import dev.skein.engine.event.Directive;
import dev.skein.engine.execute.Busy;
import dev.skein.engine.execute.Hold;
import dev.skein.engine.execute.Scope;
import dev.skein.engine.journal.Author;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.postgres.PgServerError;
import dev.skein.engine.postgres.Unreachable;
import java.time.Clock;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Makes sure that nothing older runs on a database, or will, before it is said to be held. This
 * agent may run nothing there, and another one may: one that was frozen when its work became ours.
 * So the lock is taken, and the journal accepts nothing older from then on.
 */
final class Holding {
    private static final Logger LOG = Logger.getLogger(Holding.class);
    private static final Duration PAUSE = Duration.ofMillis(500);

    /** A right that is missing, a journal that is none: nobody older can do more there. */
    private static final String NOT_FIT = "42";

    private final PgClient client;
    private final Clock clock;
    private final Duration patience;

    /**
     * @param patience with a database that is out of reach, or whose server refuses
     */
    Holding(PgClient client, Clock clock, Duration patience) {
        this.client = client;
        this.clock = clock;
        this.patience = patience;
    }

    /** Waits for whoever has the lock, however long that is, and gives what is to be said then. */
    Story of(Directive directive, Place place) throws InterruptedException {
        var reach = new OutOfReach(System::nanoTime, patience);
        while (true) {
            reach.attempt();
            try {
                fence(directive, place);
                return Story.held(directive);
            } catch (Busy e) {
                LOG.infof("hold: %s", e.getMessage());
            } catch (PgServerError e) { // a full disk, a lock on the journal
                LOG.warnf("hold: %s", e.getMessage());
                if (e.sqlState().startsWith(NOT_FIT)) {
                    return Story.held(directive);
                }
                if (reach.isTooLong()) {
                    return Story.said(directive, Kind.UNREACHABLE, e.discreet());
                }
            } catch (Unreachable e) {
                LOG.warnf("hold: %s", e.getMessage());
                if (reach.isTooLong()) {
                    return Story.said(directive, Kind.UNREACHABLE, e.discreet());
                }
            } catch (SkeinException e) {
                if (e.code() == ErrorCode.INTERRUPTED) {
                    throw e;
                }
                // What is not fit for us is fit for nobody older; or a later one was accepted.
                LOG.infof("hold: %s", e.getMessage());
                return Story.held(directive);
            }
            Thread.sleep(PAUSE);
        }
    }

    private void fence(Directive directive, Place place) {
        var author = new Author(directive.actor(), directive.rollout(), directive.generation());
        var scope = Scope.at(place.site());
        Hold.of(client, place.address(), scope, author, clock, directive.uid()).close();
    }
}
