// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.relay;

import dev.skein.api.config.ApiConfig;
import dev.skein.api.store.BundleStore;
import dev.skein.api.store.DirectiveRows;
import dev.skein.api.store.EventRows;
import dev.skein.api.store.RequestRows;
import dev.skein.engine.event.BundleManifest;
import dev.skein.engine.event.Topics;
import dev.skein.service.database.Db;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is committed and not yet on its way. */
@ApplicationScoped
public class Outbox {
    private static final int BATCH = 500;

    /** So often it is looked for what nobody has answered. */
    private static final Duration REMIND_EVERY = Duration.ofSeconds(5);

    /** Who reads no answers himself waits for those who do no longer than that. */
    private static final Duration LONGEST_LAG = Duration.ofMinutes(5);

    private final Duration republishAfter;
    private final List<String> sites;
    private final LongSupplier nanos;
    private volatile Supplier<Duration> heard = () -> Duration.ZERO;
    private @Nullable Long reminded;

    @Inject
    public Outbox(ApiConfig config) {
        this(config.republishAfter(), config.sites(), System::nanoTime);
    }

    /**
     * @param sites those that there are
     * @param nanos a clock that nobody sets
     */
    Outbox(Duration republishAfter, List<String> sites, LongSupplier nanos) {
        this.republishAfter = republishAfter;
        this.sites = sites;
        this.nanos = nanos;
    }

    /**
     * Says who reads what agents answer: nothing is sent again whose answer may wait to be read.
     *
     * @param age how long ago all was read that was there by then
     */
    public void heardBy(Supplier<Duration> age) {
        heard = age;
    }

    /**
     * A directive to send.
     *
     * @param payload absent for a tombstone
     */
    public record Outgoing(String uid, String site, long generation, @Nullable String payload) {}

    /** A request to send. */
    public record Question(String id, String uid, String site, String payload) {}

    /** A decision to send. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Decision(
            String stream, long version, byte[] envelope, byte[] prevHash, byte[] hash) {}

    /** A bundle to send. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Parcel(BundleManifest manifest, byte[] content) {}

    /**
     * Where something is to be sent, open directives that nobody answered for long among it. A
     * request that nobody waits for any more is not sent: the brokers would take it for a new one.
     */
    public List<RelayRoute> routes(Db.Tx tx) {
        RequestRows.passOver(tx);
        remind(tx);
        return tx.list(
                """
                SELECT 'BUNDLES', '' WHERE EXISTS (SELECT FROM bundle WHERE NOT published)
                UNION ALL
                SELECT 'DECISIONS', '' WHERE EXISTS (SELECT FROM event WHERE NOT published)
                UNION ALL
                SELECT DISTINCT 'DIRECTIVES', site FROM directive WHERE NOT published
                UNION ALL
                SELECT DISTINCT 'REQUESTS', site FROM request WHERE NOT published
                """,
                row -> new RelayRoute(RelayRoute.Kind.valueOf(row.getString(0)), row.getString(1)));
    }

    private void remind(Db.Tx tx) {
        long now = nanos.getAsLong();
        if (reminded == null || now - reminded >= REMIND_EVERY.toNanos()) {
            reminded = now;
            long lag = Math.min(heard.get().toMillis(), LONGEST_LAG.toMillis());
            DirectiveRows.remind(tx, lag / 1000.0);
        }
    }

    /** Directives to send to a site. */
    public List<Outgoing> directives(Db.Tx tx, String site) {
        return tx.list(
                """
                SELECT uid, site, generation, payload FROM directive
                WHERE NOT published AND site = $1
                ORDER BY due_at, uid LIMIT %s
                """
                        .formatted(BATCH),
                row ->
                        new Outgoing(
                                row.getString(0),
                                row.getString(1),
                                row.getLong(2),
                                row.getString(3)),
                site);
    }

    /** Notes that directives were sent, unless they changed meanwhile. */
    public void sent(Db.Tx tx, List<Outgoing> directives) {
        DirectiveRows.markSent(
                tx,
                directives.stream().map(Outgoing::uid).toList(),
                directives.stream().map(Outgoing::generation).toList(),
                directives.stream().map(d -> d.payload() == null).toList(),
                republishAfter.toMillis() / 1000.0);
    }

    /**
     * Ends the tombstones for a site that was taken from the settings, and whose topic is gone:
     * nothing is open there any more. The topic of another site is made again.
     */
    public void nowhere(Db.Tx tx, RelayRoute route) {
        if (route.kind() == RelayRoute.Kind.DIRECTIVES && !sites.contains(route.site())) {
            DirectiveRows.endTombstones(tx, route.site());
        }
    }

    /** Decisions to send, each stream in its order, whatever the clocks of who wrote them. */
    public List<Decision> decisions(Db.Tx tx) {
        return tx.list(
                """
                SELECT stream, version, envelope, prev_hash, hash FROM event
                WHERE NOT published
                ORDER BY min(at) OVER (PARTITION BY stream), stream, version LIMIT %s
                """
                        .formatted(BATCH),
                row ->
                        new Decision(
                                row.getString(0),
                                row.getLong(1),
                                row.getBuffer(2).getBytes(),
                                row.getBuffer(3).getBytes(),
                                row.getBuffer(4).getBytes()));
    }

    /** Notes that decisions were sent. */
    public void sentDecisions(Db.Tx tx, List<Decision> decisions) {
        EventRows.markSent(
                tx,
                decisions.stream().map(Decision::stream).toList(),
                decisions.stream().map(Decision::version).toList());
    }

    /** Requests to send to a site. */
    public List<Question> questions(Db.Tx tx, String site) {
        return tx.list(
                """
                SELECT id, uid, site, payload FROM request
                WHERE NOT published AND site = $1
                ORDER BY asked_at, id LIMIT %s
                """
                        .formatted(BATCH),
                row ->
                        new Question(
                                row.getString(0),
                                row.getString(1),
                                row.getString(2),
                                row.getString(3)),
                site);
    }

    /** Notes that requests were sent; those that are old are forgotten. */
    public void sentQuestions(Db.Tx tx, List<Question> questions) {
        RequestRows.markSent(tx, questions.stream().map(Question::id).toList());
        RequestRows.deleteOld(tx);
    }

    /** One bundle to send. */
    public List<Parcel> bundles(Db.Tx tx) {
        return tx.list(
                "SELECT digest, content FROM bundle WHERE NOT published ORDER BY pushed_at LIMIT 1",
                row -> {
                    var content = row.getBuffer(1).getBytes();
                    return new Parcel(BundleManifest.of(row.getString(0), content.length), content);
                });
    }

    /** Notes that a bundle was sent. */
    public void sent(Db.Tx tx, Parcel parcel) {
        BundleStore.markSent(tx, parcel.manifest().digest());
    }

    /**
     * Has everything sent again that a topic has to hold, which is not the one it was. What is
     * closed is sent, too: the topic may have it open.
     */
    public void again(Db.Tx tx, String topic) {
        if (topic.equals(Topics.BUNDLES)) {
            BundleStore.sendAgain(tx);
        }
        if (topic.equals(Topics.DECISIONS)) {
            EventRows.sendAgain(tx);
        }
        DirectiveRows.sendAgain(tx, topic);
    }

    /** Has everything sent again, also to sites that were taken from the settings. */
    public void again(Db.Tx tx) {
        again(tx, Topics.DECISIONS);
        again(tx, Topics.BUNDLES);
        DirectiveRows.sendAgain(tx);
    }

    /** How many rows wait. */
    public long waiting(Db.Tx tx) {
        return tx.query(
                        """
                        SELECT (SELECT count(*) FROM directive WHERE NOT published) + (SELECT count(*) FROM
                            event WHERE NOT published) + (SELECT count(*) FROM bundle WHERE NOT published) +
                            (SELECT count(*) FROM request WHERE NOT published)
                        """)
                .iterator()
                .next()
                .getLong(0);
    }
}
