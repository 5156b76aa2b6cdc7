// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.journal;

import dev.skein.engine.postgres.PgSession;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Reads and opens the journal in a database. Everything that writes needs the tenant's lock. */
public final class Journal {
    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final byte[] NO_HASH = new byte[32];
    private static final String HEADS =
            "(SELECT coalesce(array_agg(revision ORDER BY revision COLLATE \"C\"), '{}')"
                    + " FROM skein.head WHERE target = $1) AS heads";
    private static final String STATE =
            "uid, incarnation, seq, hash, epoch, accepted, fingerprint, " + HEADS;

    private final PgSession session;
    private final String target;

    public Journal(PgSession session, String target) {
        this.session = session;
        this.target = target;
    }

    public String target() {
        return target;
    }

    /** Whether the database has a journal. */
    public boolean exists() {
        var row = session.query("SELECT to_regclass('skein.state') IS NOT NULL").iterator().next();
        return row.getBoolean(0);
    }

    /** Creates schema, tables and the first entry. The caller holds the lock. */
    public void create(Identity identity, Chain chain) {
        var incarnation = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        var uid = identity.uid(target);
        var empty = new JournalState(uid, incarnation, 0, NO_HASH, 0, 0, List.of(), null);
        var first =
                chain.next(
                        empty,
                        Draft.of(
                                EntryKind.INITIALIZED,
                                List.of(),
                                dev.skein.engine.Json.text(identity)));
        session.script(JournalSql.create(target, empty, first, identity), BOUND);
    }

    /** Where it stands, without changing it. */
    public Optional<JournalState> read() {
        var rows = session.query("SELECT " + STATE + " FROM skein.state WHERE target = $1", target);
        return rows.size() == 0 ? Optional.empty() : Optional.of(state(rows.iterator().next()));
    }

    /** What the journal is bound to. */
    public Identity boundTo() {
        var row =
                session.query(
                                "SELECT system_identifier, database_oid, place FROM skein.state"
                                        + " WHERE target = $1",
                                target)
                        .iterator()
                        .next();
        return new Identity(row.getString(0), row.getLong(1), row.getString(2));
    }

    /**
     * Binds it to a place. A restored database begins a new incarnation: numbers and hashes go on,
     * but nobody takes them for those that the lost entries had.
     *
     * @param uid a new one; null to keep it
     */
    public void bind(Identity here, boolean anew, @Nullable String uid) {
        var incarnation = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        session.query(
                "UPDATE skein.state SET system_identifier = $2, database_oid = $3, place = $4,"
                        + " incarnation = CASE WHEN $5 THEN $6 ELSE incarnation END,"
                        + " uid = coalesce($7, uid) WHERE target = $1",
                target,
                here.systemIdentifier(),
                here.databaseOid(),
                here.place(),
                anew || uid != null,
                incarnation,
                uid);
    }

    /**
     * Raises the epoch, so that an earlier holder's transactions fail, and accepts a generation.
     *
     * @param generation the directive's number; absent for the command line
     * @return the state, or nothing if a higher generation was accepted before
     */
    public Optional<JournalState> fence(@Nullable Long generation) {
        var rows =
                session.query(
                        "UPDATE skein.state SET epoch = epoch + 1, accepted = greatest(accepted,"
                            + " coalesce($2, accepted)), holder_pid = pg_backend_pid(),"
                            + " holder_start = (SELECT backend_start FROM pg_stat_activity WHERE"
                            + " pid = pg_backend_pid()) WHERE target = $1 AND accepted <="
                            + " coalesce($2, accepted) RETURNING "
                                + STATE,
                        target,
                        generation);
        return rows.size() == 0 ? Optional.empty() : Optional.of(state(rows.iterator().next()));
    }

    /** Entries after a number, in order, at most {@code limit}. */
    public List<Entry> after(long seq, int limit) {
        var rows =
                session.query(
                        "SELECT seq, incarnation, envelope, salt, body, prev_hash, hash FROM"
                            + " skein.entry WHERE target = $1 AND seq > $2 ORDER BY seq LIMIT $3",
                        target,
                        seq,
                        limit);
        var entries = new ArrayList<Entry>(rows.size());
        rows.forEach(row -> entries.add(entry(row)));
        return entries;
    }

    /** What every entry says, in order; for looking back, not for proving. */
    public List<Envelope> envelopes() {
        var rows =
                session.query(
                        "SELECT envelope FROM skein.entry WHERE target = $1 ORDER BY seq", target);
        var envelopes = new ArrayList<Envelope>(rows.size());
        rows.forEach(row -> envelopes.add(Envelope.parse(bytes(row, "envelope"))));
        return envelopes;
    }

    /** The number up to which the entries have been published. */
    public long published() {
        var rows = session.query("SELECT published FROM skein.relay WHERE target = $1", target);
        return rows.size() == 0 ? 0 : rows.iterator().next().getLong(0);
    }

    /** Notes that entries up to a number are published; never falls. */
    public void published(long seq) {
        session.query(
                "UPDATE skein.relay SET published = $2 WHERE target = $1 AND published < $2",
                target,
                seq);
    }

    private static JournalState state(Row row) {
        return new JournalState(
                row.getString("uid"),
                row.getString("incarnation"),
                row.getLong("seq"),
                bytes(row, "hash"),
                row.getLong("epoch"),
                row.getLong("accepted"),
                List.of(row.getArrayOfStrings("heads")),
                row.getString("fingerprint"));
    }

    private static Entry entry(Row row) {
        Buffer body = row.getBuffer("body");
        return new Entry(
                row.getLong("seq"),
                row.getString("incarnation"),
                bytes(row, "envelope"),
                bytes(row, "salt"),
                body == null ? null : body.getBytes(),
                bytes(row, "prev_hash"),
                bytes(row, "hash"));
    }

    private static byte[] bytes(Row row, String column) {
        return Objects.requireNonNull(row.getBuffer(column), column).getBytes();
    }
}
