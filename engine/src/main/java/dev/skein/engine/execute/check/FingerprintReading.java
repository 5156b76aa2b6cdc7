// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.check;

import dev.skein.engine.catalog.Fingerprint;
import dev.skein.engine.execute.session.Patience;
import dev.skein.engine.execute.session.RunContext;
import dev.skein.engine.execute.session.TenantSession;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.postgres.PgServerError;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The fingerprint of the schema as it is, outside of steps. Printing a definition waits for whoever
 * has locked what it is about, who need not have to do with the run at all.
 */
public final class FingerprintReading {
    private final TenantSession contact;
    private final Patience patience;
    private final boolean isAsked;

    public FingerprintReading(RunContext run, Patience patience) {
        this.contact = run.contact();
        this.patience = patience;
        this.isAsked = run.order().fingerprints();
    }

    /**
     * Reads it.
     *
     * @throws PgServerError if it cannot be read, though that was tried again and again
     */
    public Fingerprint read() {
        return patience.reading(() -> DriftGuard.seen(contact));
    }

    /**
     * Reads what something left that is committed, and so has not failed.
     *
     * @return nothing where it cannot be read, or where the order wants none
     */
    public Optional<Fingerprint> left() {
        return left(this::read);
    }

    /**
     * What a state says of the schema; where that is nothing, or what another version can say, it
     * is read.
     *
     * @return nothing where it cannot be read, or where the order wants none
     */
    public Optional<Fingerprint> stored(JournalState state) {
        int major = contact.session().major();
        var stored = Optional.ofNullable(state.fingerprint()).map(Fingerprint::parse);
        if (stored.filter(fingerprint -> fingerprint.isOf(major)).isPresent()) {
            return stored;
        }
        var older = stored.filter(fingerprint -> fingerprint.isReadableOn(major));
        return older.isEmpty()
                ? left()
                : left(() -> patience.reading(() -> DriftGuard.renewed(contact, older.get())));
    }

    private Optional<Fingerprint> left(Supplier<Fingerprint> reading) {
        if (!isAsked) {
            return Optional.empty();
        }
        try {
            return Optional.of(reading.get());
        } catch (PgServerError e) {
            if (e.isShutDown()) {
                throw e; // the run goes on over another connection
            }
            System.getLogger(FingerprintReading.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "{0}: what its schema must be is not known until the next run: {1}",
                            contact.session().subject(),
                            e.found());
            return Optional.empty();
        }
    }
}
