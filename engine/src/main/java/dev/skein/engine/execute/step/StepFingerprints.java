// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.step;

import dev.skein.engine.catalog.CatalogQuery;
import dev.skein.engine.execute.order.MigrationOrder;
import dev.skein.engine.postgres.PgSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * How the steps of a walk learn the fingerprints that they leave, each in its own transaction: a
 * run that is killed between two of them leaves no doubt about the first. The server takes longer
 * to plan the query than to run it, so where several steps follow each other it is prepared.
 */
public final class StepFingerprints {
    /** An expression for it, behind {@link #ask}; NULL where it is not known. */
    static final String VALUE = CatalogQuery.KEPT_FINGERPRINT;

    /** How many statements {@link #ask} is. */
    static final int STATEMENTS = 2;

    private static final Duration FINGERPRINT_TIMEOUT = Duration.ofMinutes(2);

    /** What a revision might drop the prepared statement with, or what has to be dropped itself. */
    private static final Set<String> FORGETTING = Set.of("DEALLOCATE", "DISCARD", "PREPARE");

    private static final List<String> LIVES_AS_THE_SESSION =
            List.of("CLOSE ALL", "UNLISTEN *", "DISCARD TEMP");

    private final PgSession session;
    private final CatalogQuery query;
    private final Set<String> words;
    private final boolean mayPrepare;
    private final boolean isAsked;
    private String question;
    private boolean prepared;

    /**
     * @param order whose scripts' words say what there may be
     */
    public StepFingerprints(PgSession session, MigrationOrder order) {
        this.session = session;
        this.words = order.scripts().words();
        this.isAsked = order.fingerprints();
        this.query = CatalogQuery.of(order.target(), session.major());
        this.question = query.keepAfter(words);
        this.mayPrepare = FORGETTING.stream().noneMatch(words::contains);
    }

    /** Whether the steps learn it at all. */
    boolean isAsked() {
        return isAsked;
    }

    /**
     * Prepares the question, where that is not done yet and would not be undone; for every kind of
     * object, where the database has some that no script names.
     */
    public void prepare() {
        if (isAsked && mayPrepare && !prepared) {
            var misses = session.script("SELECT " + query.misses(words), FINGERPRINT_TIMEOUT);
            if (misses.iterator().next().getBoolean(0)) {
                question = query.keep();
            }
            session.script(
                    query.pins() + "; PREPARE skein_print AS " + question, FINGERPRINT_TIMEOUT);
            prepared = true;
        }
    }

    /** What ends what lives as long as the session, so that it does not reach the next revision. */
    List<String> forget() {
        var all = new ArrayList<>(LIVES_AS_THE_SESSION);
        if (!prepared) { // with this, no script prepares anything
            all.add("DEALLOCATE ALL");
        }
        return all;
    }

    /** The statements that ask for it, inside the step's transaction. */
    String ask() {
        return query.pins() + "; " + (prepared ? "EXECUTE skein_print" : question);
    }
}
