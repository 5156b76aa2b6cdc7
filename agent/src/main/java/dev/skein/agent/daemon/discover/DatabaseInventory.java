// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.discover;

import dev.skein.agent.daemon.config.AgentConfig;
import dev.skein.agent.daemon.kafka.OwnedPartitions;
import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.postgres.PgSession;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/** The databases of this site as last seen. */
@ApplicationScoped
public class DatabaseInventory {
    private static final Logger LOG = Logger.getLogger(DatabaseInventory.class);

    /**
     * Times what is configured: looks are rarer where there are too many for that, but not more.
     */
    private static final int RAREST = 6;

    private final PgClient client;
    private final SiteServers servers;
    private final LongSupplier nanos;
    private final DatabaseLooks known = new DatabaseLooks();
    private final LookSchedule schedule;
    private final LookPace pace;
    private final SilentServers silent = new SilentServers();
    private final LookKeeper looks;
    private final LookRound round;
    private final ReentrantLock reading = new ReentrantLock();

    @Inject
    public DatabaseInventory(
            AgentConfig config,
            OwnedPartitions owned,
            Vertx vertx,
            CatalogPublisher catalogs,
            MeterRegistry registry) {
        this(
                config,
                owned,
                PgClient.on(vertx),
                System::nanoTime,
                new SchemaScans(catalogs::tell, registry),
                new LookPace(
                        LookRound.AT_ONCE,
                        config.lookEvery().multipliedBy(RAREST),
                        System.nanoTime()));
    }

    /**
     * @param nanos a clock that nobody sets, ns
     */
    DatabaseInventory(
            AgentConfig config,
            OwnedPartitions owned,
            PgClient client,
            LongSupplier nanos,
            SchemaScans scans,
            LookPace pace) {
        this.nanos = nanos;
        this.client = client;
        this.pace = pace;
        this.schedule = new LookSchedule(owned, config.lookEvery(), nanos);
        var sizes = new DatabaseSizes(nanos);
        this.looks = new LookKeeper(client, owned, schedule, known, sizes, scans, silent);
        this.servers = new SiteServers(config, client);
        this.round = new LookRound(pace, silent);
    }

    /** The database with a uid. */
    public Optional<DatabaseLook> find(String uid) {
        return known.find(uid);
    }

    /** The same of one that may have been made a moment ago: the servers' lists are read anew. */
    public Optional<DatabaseLook> findAnew(String uid) {
        var found = known.find(uid);
        if (found.isPresent()) {
            return found;
        }
        try {
            read(true, () -> false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return known.find(uid);
    }

    /** Servers whose databases are not known yet: they could not be reached since the start. */
    public List<String> unlisted() {
        return servers.unlisted();
    }

    /** Every database; those that one uid cannot tell apart have a problem. */
    public Collection<DatabaseLook> all() {
        return known.all();
    }

    /** The uids of which something else is known than at the last call, if anything. */
    public Set<String> changed() {
        return known.changed();
    }

    /** The database of a place's server that discovery connects to. */
    public DatabaseAddress maintenance(ServerDatabase place) {
        return servers.maintenance(place);
    }

    /** The place again, after another database may have taken its name. */
    public ServerDatabase again(ServerDatabase place) {
        return servers.again(place);
    }

    /**
     * Reads the servers' lists and looks into what is due, as far as the pace allows. A server that
     * cannot be reached keeps its databases as they were last seen.
     *
     * @param atMost for how long looks are begun
     * @return whether all were that are due
     */
    public boolean refresh(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        return read(false, () -> System.nanoTime() - end > 0);
    }

    /**
     * The same.
     *
     * @param everyone whether to find out which databases those are that are new and not ours, even
     *     if none is
     * @param isOver whether no more looks are begun
     */
    private boolean read(boolean everyone, BooleanSupplier isOver) throws InterruptedException {
        reading.lockInterruptibly();
        try {
            var tasks = tasks(list(), everyone);
            boolean all = round.run(tasks, isOver, this::leave);
            if (all) {
                pace.rest(nanos.getAsLong());
            }
            // Only now are its databases known by their uids, if all were looked into.
            servers.listed(known::isKnown);
            return all;
        } finally {
            reading.unlock();
        }
    }

    private List<ServerDatabase> list() {
        var places = new ArrayList<ServerDatabase>();
        for (var server : servers.all()) {
            try {
                var there = server.read(client);
                listed(server.name(), there);
                places.addAll(there);
            } catch (SkeinException e) {
                LOG.warnf("discover server=%s: %s", server.name(), e.getMessage());
            }
        }
        return places;
    }

    /** What is no longer in its server's list stays known as gone, so that it can be said. */
    private void listed(String server, List<ServerDatabase> there) {
        var present = new HashSet<String>();
        there.forEach(place -> present.add(place.key()));
        known.listed(server, present).forEach(looks::forget);
    }

    /** Looks first: they are told, and probes only make sure. */
    private List<LookRound.Task> tasks(List<ServerDatabase> places, boolean everyone) {
        boolean isFree = pace.isFree(nanos.getAsLong());
        var first = new ArrayList<LookRound.Task>();
        var then = new ArrayList<LookRound.Task>();
        for (var place : places) {
            var due = due(place, isFree);
            if (due == LookSchedule.Due.LOOK) {
                first.add(new LookRound.Task(place, () -> looks.look(place)));
            } else if (due == LookSchedule.Due.PROBE || (everyone && schedule.isNew(place))) {
                then.add(new LookRound.Task(place, () -> looks.probe(place)));
            }
        }
        first.addAll(then);
        return first;
    }

    private LookSchedule.Due due(ServerDatabase place, boolean isFree) {
        var seen = known.at(place);
        var uid = seen.map(DatabaseLook::uid).orElseGet(() -> place.identity().uid(""));
        return schedule.due(place, uid, seen.filter(known::isTroubled).isPresent(), isFree);
    }

    /** Due in the next round, whatever the pace; until then what is known of it is told. */
    private void leave(ServerDatabase place) {
        schedule.forget(place);
        known.tell(place);
    }

    /** Looks into one database now. */
    public DatabaseLook look(ServerDatabase place) {
        return looks.look(place);
    }

    /** Looks into the database that a session is connected to. */
    public DatabaseLook look(PgSession session, ServerDatabase place) {
        return looks.look(session, place);
    }
}
