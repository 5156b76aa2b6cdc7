// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.journal;

import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.postgres.SqlLiterals;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads and opens the journal in a database. Everything that writes needs the tenant's lock. */
public final class Journal {
    private static final Duration JOURNAL_TIMEOUT = Duration.ofSeconds(60);
    private static final String BOUND_TO = "system_identifier, database_oid, place, site";

    private final PgSession session;
    private final String target;
    private final JournalRows reads;
    private final EntryHistory history;
    private boolean keepsCatalog;

    public Journal(PgSession session, String target) {
        this.session = session;
        this.target = target;
        this.reads = new JournalRows(session, target);
        this.history = new EntryHistory(session, target);
    }

    public String target() {
        return target;
    }

    /** Lets {@link KeptCatalog} be written, for which there is a place. */
    public void keepCatalog() {
        keepsCatalog = true;
    }

    public boolean keepsCatalog() {
        return keepsCatalog;
    }

    /** Whether the database has a journal. */
    public boolean exists() {
        var row = session.query("SELECT to_regclass('skein.state') IS NOT NULL").iterator().next();
        return row.getBoolean(0);
    }

    /**
     * Creates what is missing of the schema and this target's first entry, already fenced by this
     * session. The caller holds the lock.
     */
    public JournalState create(
            DatabaseIdentity identity,
            EntryChain chain,
            @Nullable Long generation,
            boolean schemaToo) {
        return new JournalCreation(session, target).create(identity, chain, generation, schemaToo);
    }

    /**
     * Whether its tables are there and hold no target's history at all: a copy of a schema without
     * its rows.
     */
    public boolean isHollow() {
        var rows = session.query("SELECT NOT EXISTS (SELECT FROM skein.state)");
        return rows.iterator().next().getBoolean(0);
    }

    /** Where it stands, and which place it is bound to. */
    public record Standing(JournalState state, DatabaseIdentity boundTo) {}

    /** Where it stands, without changing it; nothing where this target has no journal yet. */
    public Optional<Standing> standing() {
        var rows =
                session.script(
                        """
                        SELECT %s, %s FROM skein.state
                        WHERE target = %s AND target::text = %s -- one too long is cut to another's
                        """
                                .formatted(
                                        JournalRows.STATE,
                                        BOUND_TO,
                                        SqlLiterals.text(target),
                                        SqlLiterals.text(target)),
                        JOURNAL_TIMEOUT);
        if (rows.size() == 0) {
            return Optional.empty();
        }
        var row = rows.iterator().next();
        return Optional.of(new Standing(state(row), JournalRows.identity(row)));
    }

    /** See {@link #standing}. */
    public Optional<JournalState> read() {
        return standing().map(Standing::state);
    }

    /** What the journal is bound to. */
    public DatabaseIdentity boundTo() {
        return standing().orElseThrow().boundTo();
    }

    /**
     * Raises the epoch, so that an earlier holder's transactions fail, and accepts a generation. A
     * journal that knows no site yet learns it.
     *
     * @param generation the directive's number; absent for the command line
     * @return the state, or nothing if a higher generation was accepted before
     */
    public Optional<JournalState> fence(@Nullable Long generation, @Nullable String site) {
        var accepts = generation == null ? "accepted" : String.valueOf(generation);
        var rows =
                session.script(
                        """
                        UPDATE skein.state SET epoch = epoch + 1, accepted = %s, site = coalesce(site, %s),
                            (holder_pid, holder_start, holder_generation) = ROW(%s, %s)
                        WHERE target = %s AND accepted <= %s
                        RETURNING %s
                        """
                                .formatted(
                                        accepts,
                                        SqlLiterals.nullable(site),
                                        JournalSql.HOLDER,
                                        generation == null ? "NULL" : String.valueOf(generation),
                                        SqlLiterals.text(target),
                                        accepts,
                                        JournalRows.STATE),
                        JOURNAL_TIMEOUT);
        return rows.size() == 0 ? Optional.empty() : Optional.of(state(rows.iterator().next()));
    }

    /**
     * Notes what the schema is, where no entry could: the run stopped between two steps.
     *
     * @return the state with it; as it was, if somebody else holds the journal by now
     */
    public JournalState note(JournalState state, String fingerprint) {
        var kept = keepsCatalog ? ", catalog = " + KeptCatalog.with(fingerprint) : "";
        var noted =
                session.query(
                        """
                        UPDATE skein.state SET fingerprint = $2%s
                        WHERE target = $1 AND epoch = $3 AND seq = $4
                        """
                                .formatted(kept),
                        target,
                        fingerprint,
                        state.epoch(),
                        state.seq());
        return noted.rowCount() == 0 ? state : state.withFingerprint(fingerprint);
    }

    /**
     * Whether a statement runs outside a transaction, or was cut off, however many entries followed
     * it: nobody knows what is left. What was seen since is known.
     */
    public boolean isUnderWay() {
        return new EntrySearch(session, target).isUnderWay();
    }

    /** Whether nothing stands in it but that it was created, and where it belongs. */
    public boolean isUnused() {
        return new EntrySearch(session, target).isUnused();
    }

    /** Entries after a number, in order, at most {@code limit}. */
    public List<Entry> after(long seq, int limit) {
        return after(seq, limit, Integer.MAX_VALUE);
    }

    /**
     * Entries after a number, in order, at most {@code limit}.
     *
     * @param largest a body of more bytes is left out, and its entry comes without one
     */
    public List<Entry> after(long seq, int limit, int largest) {
        return history.after(seq, limit, largest);
    }

    /** What every entry says, in order; for looking back, not for proving. */
    public List<Envelope> envelopes() {
        return history.envelopes();
    }

    /** A statement that ran outside a transaction, as the journal tells it. */
    public record NonTransactionalEntry(Envelope says, String sql, @Nullable String detail) {}

    /**
     * What the journal holds of a revision's statements, and of what ends their worth: stamps. In
     * order.
     */
    public List<NonTransactionalEntry> nonTransactionalEntries(String revision) {
        return history.nonTransactionalEntries(revision);
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

    private JournalState state(Row row) {
        return reads.state(row, this::lastNamed);
    }

    /** The uid that the last entry was written under; null where it cannot be told. */
    private @Nullable String lastNamed(long seq) {
        try {
            var last = after(seq - 1, 1, 0);
            var named = last.isEmpty() ? null : Envelope.parse(last.getFirst().envelope()).uid();
            return named != null && DatabaseIdentity.isUid(named) ? named : null;
        } catch (SkeinException e) {
            return null; // it was written into as well
        }
    }
}
