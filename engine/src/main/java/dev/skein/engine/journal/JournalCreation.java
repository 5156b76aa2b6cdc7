// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.journal;

import dev.skein.engine.ClassResources;
import dev.skein.engine.Json;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.postgres.SqlLiterals;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Creates a journal with its first entry, fenced by whoever creates it, in one message. */
final class JournalCreation {
    private static final Duration CREATE_TIMEOUT = Duration.ofSeconds(60);
    private static final byte[] NO_HASH = new byte[32];

    /** "SKEIN": one journal at a time. */
    static final long LOCK = 0x534b45494eL;

    private final PgSession session;
    private final String target;

    JournalCreation(PgSession session, String target) {
        this.session = session;
        this.target = target;
    }

    /** See {@link Journal#create}. */
    JournalState create(
            DatabaseIdentity identity,
            EntryChain chain,
            @Nullable Long generation,
            boolean schemaToo) {
        var uid = schemaToo ? identity.uid(target) : freeUid(identity.uid(target));
        var empty = empty(uid, generation == null ? 0 : generation);
        var draft = new EntryDraft(List.of(), Json.text(identity), new EntryBody.Initialized());
        var first = chain.next(empty, draft);
        session.script(sql(empty, first, identity, generation, schemaToo), CREATE_TIMEOUT);
        return empty.after(first, List.of(), null);
    }

    private static JournalState empty(String uid, long accepted) {
        var incarnation = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        return new JournalState(uid, incarnation, 0, NO_HASH, 1, accepted, List.of(), null);
    }

    /** A schema that was renamed took the uid of its first name along. */
    private String freeUid(String uid) {
        var rows = session.query("SELECT EXISTS (SELECT FROM skein.state WHERE uid = $1)", uid);
        return rows.iterator().next().getBoolean(0) ? DatabaseIdentity.chosenUid() : uid;
    }

    /**
     * @param schemaToo whether the tables may be missing; naming them needs CREATE on the database
     */
    private String sql(
            JournalState state,
            Entry first,
            DatabaseIdentity id,
            @Nullable Long generation,
            boolean schemaToo) {
        return """
        BEGIN; SELECT pg_advisory_xact_lock(%s); %s\
        INSERT INTO skein.state VALUES (%s); \
        INSERT INTO skein.relay VALUES (%s, 0); \
        INSERT INTO skein.entry(target, %s) SELECT %s, %s; COMMIT;\
        """
                .formatted(
                        String.valueOf(LOCK),
                        schemaToo ? ClassResources.text(JournalCreation.class, "journal.sql") : "",
                        stateValues(state, first, id, generation),
                        SqlLiterals.text(target),
                        EntrySql.COLUMNS,
                        SqlLiterals.text(target),
                        EntrySql.values(first, null));
    }

    private String stateValues(
            JournalState state, Entry first, DatabaseIdentity id, @Nullable Long generation) {
        return String.join(
                ", ",
                SqlLiterals.text(target),
                SqlLiterals.text(state.uid()),
                SqlLiterals.text(state.incarnation()),
                String.valueOf(first.seq()),
                SqlLiterals.bytes(first.hash()),
                "'{}'",
                String.valueOf(state.epoch()),
                String.valueOf(state.accepted()),
                "NULL",
                SqlLiterals.text(id.systemIdentifier()),
                String.valueOf(id.databaseOid()),
                SqlLiterals.text(id.place()),
                SqlLiterals.nullable(id.site()),
                JournalSql.HOLDER,
                generation == null ? "NULL" : String.valueOf(generation)); // no catalog yet
    }
}
