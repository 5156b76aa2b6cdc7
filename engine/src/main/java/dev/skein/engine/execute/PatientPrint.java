// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import dev.skein.engine.catalog.Fingerprint;
import dev.skein.engine.postgres.PgServerError;
import java.util.Optional;

/**
 * The fingerprint of the schema as it is, outside of steps. Printing a definition waits for whoever
 * has locked what it is about, who need not have to do with the run at all.
 */
final class PatientPrint {
    private final Contact contact;
    private final Patience patience;
    private final boolean isAsked;

    PatientPrint(Contact contact, Patience patience, Order order) {
        this.isAsked = order.prints();
        this.contact = contact;
        this.patience = patience;
    }

    /**
     * Reads it.
     *
     * @throws PgServerError if it cannot be read, though that was tried again and again
     */
    Fingerprint read() {
        return patience.reading(() -> DriftGuard.seen(contact));
    }

    /**
     * Reads what something left that is committed, and so has not failed.
     *
     * @return nothing where it cannot be read, or where the order wants none
     */
    Optional<Fingerprint> left() {
        if (!isAsked) {
            return Optional.empty();
        }
        try {
            return Optional.of(read());
        } catch (PgServerError e) {
            if (e.isShutDown()) {
                throw e; // the run goes on over another connection
            }
            System.getLogger(PatientPrint.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "{0}: what its schema must be is not known until the next run: {1}",
                            contact.session().subject(),
                            e.found());
            return Optional.empty();
        }
    }
}
