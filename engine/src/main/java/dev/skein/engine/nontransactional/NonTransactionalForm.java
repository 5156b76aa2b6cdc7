// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.nontransactional;

import dev.skein.engine.postgres.PgSession;
import java.time.Duration;
import java.util.Map;

/**
 * A kind of statement that refuses a transaction, and how to tell from the catalog what became of
 * one that was cut off. Which it is, is told by its words alone; see {@link NonTransactionalForms}.
 */
public interface NonTransactionalForm {
    /** What the catalog shows of a statement's work. */
    enum Finding {
        /** It is done. */
        DONE,
        /** Nothing of it is there, or running it again does no harm. */
        OPEN,
        /**
         * A part of it is there, and ours: {@link NonTransactionalForm#cleanUp} removes or finishes
         * it.
         */
        BROKEN,
        /** A session is at it right now: ours that outlived its client, or a person's. */
        RUNNING,
        /** The catalog does not tell; a person decides. */
        UNKNOWN
    }

    /** What the statement is on a database: what it is about there may ask for another way. */
    default NonTransactionalForm on(PgSession session) {
        return this;
    }

    /**
     * Sends the statement, or what does its work on this database.
     *
     * @param bound for each statement that is sent
     */
    default void run(PgSession session, String sql, Duration bound) {
        session.await(session.sendCounted(sql).answer(), bound);
    }

    /** What recovery will need, looked up before the statement runs. */
    default Map<String, String> before(PgSession session) {
        return Map.of();
    }

    /**
     * What the catalog shows. DONE means that it changed since {@link #before}: what was so already
     * is no work of this statement's.
     *
     * @param before what {@link #before} told
     */
    Finding observe(PgSession session, Map<String, String> before);

    /** Removes or finishes what a broken run left; see {@link Finding#BROKEN}. */
    default void cleanUp(PgSession session, Map<String, String> before) {}

    /** Whether {@link #observe} can tell at all. */
    default boolean isObservable() {
        return true;
    }

    /** Whether the server can run it in a transaction, so that its outcome is never in doubt. */
    default boolean isAtomic() {
        return false;
    }
}
