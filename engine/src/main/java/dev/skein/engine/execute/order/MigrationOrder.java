// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.order;

import dev.skein.engine.journal.Author;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.script.Scripts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One database or schema, what is wanted of it, for whom, within which limits.
 *
 * @param uid which database it must be; null for whichever is there
 * @param drift what may differ there from what its journal left; null for nothing
 * @param approved the steps that may run; null for whichever lead to the goal
 * @param fingerprints whether it compares and stores fingerprints of the schema
 */
public record MigrationOrder(
        DatabaseAddress address,
        Scope scope,
        Scripts scripts,
        Goal goal,
        Author author,
        Limits limits,
        @Nullable String uid,
        @Nullable AcceptedDrift drift,
        @Nullable ApprovedPath approved,
        boolean fingerprints) {

    /** An order for whichever database is there, as its journal left it. */
    public MigrationOrder(
            DatabaseAddress address,
            Scope scope,
            Scripts scripts,
            Goal goal,
            Author author,
            Limits limits) {
        this(address, scope, scripts, goal, author, limits, null, null, null, true);
    }

    /** An order about the journal alone: no step belongs to it. */
    public static MigrationOrder ofJournal(DatabaseAddress address, Scope scope, Author author) {
        var nothing = new Goal.Stamp(List.of(), false);
        return new MigrationOrder(
                address, scope, Scripts.of(List.of()), nothing, author, Limits.DEFAULT);
    }

    /** The same for another part of the database. */
    public MigrationOrder withScope(Scope other) {
        return new MigrationOrder(
                address, other, scripts, goal, author, limits, uid, drift, approved, fingerprints);
    }

    /** The same for one database: where the journal there is another's, nothing is done. */
    public MigrationOrder withUid(String expected) {
        return new MigrationOrder(
                address,
                scope,
                scripts,
                goal,
                author,
                limits,
                expected,
                drift,
                approved,
                fingerprints);
    }

    /** The same with what may be found changed there; null for nothing. */
    public MigrationOrder withDrift(@Nullable AcceptedDrift accepted) {
        return new MigrationOrder(
                address,
                scope,
                scripts,
                goal,
                author,
                limits,
                uid,
                accepted,
                approved,
                fingerprints);
    }

    /** The same with the steps that may run, once they are read under the lock; null for any. */
    public MigrationOrder withApproved(@Nullable ApprovedPath path) {
        return new MigrationOrder(
                address, scope, scripts, goal, author, limits, uid, drift, path, fingerprints);
    }

    /**
     * The same for a scratch database: nobody else changes its schema, and nobody will ask how it
     * was left. A fingerprint takes longer than most revisions on an empty table.
     */
    public MigrationOrder withoutFingerprints() {
        return new MigrationOrder(
                address, scope, scripts, goal, author, limits, uid, drift, approved, false);
    }

    /** The journal's key: empty for the whole database. */
    public String target() {
        return scope.schema();
    }
}
