// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.discover;

import dev.skein.agent.daemon.config.AgentConfig;
import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.postgres.PgSession;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
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
    private final AgentConfig config;
    private final LongSupplier nanos;
    private final DatabaseLooks known = new DatabaseLooks();
    private final Map<String, Long> lookedAt = new ConcurrentHashMap<>();
    private final SchemaScans scans;
    private final LookPace pace;
    private final SilentServers silent = new SilentServers();
    private final LookRound round;
    private final ReentrantLock reading = new ReentrantLock();

    @Inject
    public DatabaseInventory(
            AgentConfig config, Vertx vertx, CatalogPublisher catalogs, MeterRegistry registry) {
        this(
                config,
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
            PgClient client,
            LongSupplier nanos,
            SchemaScans scans,
            LookPace pace) {
        this.scans = scans;
        this.config = config;
        this.nanos = nanos;
        this.client = client;
        this.pace = pace;
        this.servers = new SiteServers(config, client);
        this.round = new LookRound(pace, silent, this::lookNow);
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
            refresh();
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

    /** The database of a place's server that discovery connects to. */
    public DatabaseAddress maintenance(ServerDatabase place) {
        return servers.maintenance(place);
    }

    /** The place again, after another database may have taken its name. */
    public ServerDatabase again(ServerDatabase place) {
        return servers.again(place);
    }

    /**
     * Reads the servers' lists and looks into what is new or was not looked into for long, as far
     * as the pace allows. A server that cannot be reached keeps its databases as they were last
     * seen.
     *
     * @return what was looked into
     */
    public List<DatabaseLook> refresh() throws InterruptedException {
        reading.lockInterruptibly();
        try {
            return read();
        } finally {
            reading.unlock();
        }
    }

    private List<DatabaseLook> read() throws InterruptedException {
        var due = new ArrayList<ServerDatabase>();
        var read = new HashSet<String>();
        boolean isFree = pace.isFree(nanos.getAsLong());
        for (var server : servers.all()) {
            try {
                var places = server.read(client);
                read.add(server.name());
                forget(server.name(), places);
                places.stream().filter(place -> isDue(place, isFree)).forEach(due::add);
            } catch (SkeinException e) {
                LOG.warnf("discover server=%s: %s", server.name(), e.getMessage());
            }
        }
        var looks = lookInto(due, read);
        pace.rest(nanos.getAsLong());
        // Only now are its databases known by their uids, if all were looked into.
        servers.listed(read);
        return looks;
    }

    /**
     * @param read loses the servers some of whose databases are left for the next round
     */
    private List<DatabaseLook> lookInto(List<ServerDatabase> due, Set<String> read)
            throws InterruptedException {
        return round.lookInto(
                due,
                left -> {
                    lookedAt.remove(left.key()); // due in the next round, whatever the pace
                    read.remove(left.server());
                });
    }

    /** What was never seen is looked into at once. */
    private boolean isDue(ServerDatabase place, boolean again) {
        var last = lookedAt.get(place.key());
        return last == null || (again && nanos.getAsLong() - last > config.lookEvery().toNanos());
    }

    /** What is no longer in its server's list stays known as gone, so that it can be said. */
    private void forget(String server, List<ServerDatabase> places) {
        var present = new HashSet<String>();
        places.forEach(place -> present.add(place.key()));
        known.forget(place -> isGone(place, server, present));
        known.found(place -> place.server().equals(server) && present.contains(place.key()));
    }

    private boolean isGone(ServerDatabase place, String server, Set<String> present) {
        if (!place.server().equals(server) || present.contains(place.key())) {
            return false;
        }
        lookedAt.remove(place.key());
        silent.forget(place);
        return true;
    }

    /** Looks into one database now. */
    public DatabaseLook look(ServerDatabase place) {
        return lookNow(place);
    }

    private DatabaseLook lookNow(ServerDatabase place) {
        return keep(LookReading.at(client, place, scans, silent));
    }

    /** Looks into the database that a session is connected to. */
    public DatabaseLook look(PgSession session, ServerDatabase place) {
        return keep(LookReading.over(session, place, scans));
    }

    private DatabaseLook keep(DatabaseLook seen) {
        var place = seen.place();
        var look = seen.state() == null && seen.problem() != null ? believed(seen) : seen;
        if (seen.problem() == null) {
            lookedAt.put(place.key(), nanos.getAsLong()); // else it is looked into again soon
        }
        return known.keep(look);
    }

    /** A database that could not be looked into stays what it was, with the problem. */
    private DatabaseLook believed(DatabaseLook failed) {
        return known.at(failed.place())
                .filter(look -> look.state() != null)
                .map(look -> look.withProblem(String.valueOf(failed.problem())))
                .orElse(failed);
    }
}
