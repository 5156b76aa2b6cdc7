// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.relay;

import dev.skein.api.config.LoopConnections;
import dev.skein.engine.SkeinException;
import dev.skein.service.database.Db;
import dev.skein.service.loop.ServiceLoop;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.Producer;
import org.jboss.logging.Logger;

/**
 * Sends what the outbox holds, as long as this process leads: each site's directives and requests,
 * the decisions and the bundles by themselves, so that none waits for another's topic.
 */
@ApplicationScoped
public class Relay {
    private static final Logger LOG = Logger.getLogger(Relay.class);
    private static final Duration LOOK = Duration.ofMillis(500);

    private final Db db;
    private final Outbox outbox;
    private final RelaySignal signal;
    private final RelayProducers producers;
    private final Leadership leadership;
    private final RelayBatches batches;
    private final Map<RelayRoute, RouteSender> senders = new ConcurrentHashMap<>();
    private long term = Leadership.NONE;

    public Relay(
            @LoopConnections Db db,
            Outbox outbox,
            RelaySignal signal,
            RelayProducers producers,
            Leadership leadership,
            RelayBatches batches) {
        this.db = db;
        this.outbox = outbox;
        this.signal = signal;
        this.producers = producers;
        this.leadership = leadership;
        this.batches = batches;
    }

    /** The loop that sends, for as long as the service lives. */
    public ServiceLoop loop() {
        return new ServiceLoop(
                "relay",
                () -> {
                    round();
                    signal.await(LOOK);
                },
                () -> {});
    }

    /** Renews the lease, and where it is ours, wakes who has something to send. */
    void round() {
        long now = leadership.renew();
        if (now != term) {
            LOG.info(now == Leadership.NONE ? "another process sends now" : "this process sends");
            abandon();
            term = now;
        }
        if (now != Leadership.NONE) {
            var routes = db.call(outbox::routes);
            senders.values()
                    .removeIf(sender -> sender.hasFailed() && !routes.contains(sender.route()));
            routes.forEach(route -> sender(route, now).wake());
        }
    }

    private RouteSender sender(RelayRoute route, long term) {
        return senders.computeIfAbsent(
                route,
                known ->
                        new RouteSender(
                                known,
                                () -> open(term, known),
                                producer -> batches.send(term, known, producer),
                                signal::raise));
    }

    private Producer<String, byte[]> open(long term, RelayRoute route) {
        try {
            return producers.open(route);
        } catch (NoTopic e) {
            batches.nowhere(term, route);
            throw e;
        }
    }

    /** Routes whose last tries failed, with how often. */
    public Map<RelayRoute, Integer> failing() {
        var failing = new HashMap<RelayRoute, Integer>();
        senders.values().stream()
                .filter(sender -> sender.failures() > 0)
                .forEach(sender -> failing.put(sender.route(), sender.failures()));
        return failing;
    }

    /**
     * Something that could not be sent.
     *
     * @param route what, as people read it
     * @param tries how often it failed since it worked last
     * @param reason of the last time
     */
    public record Unsent(String route, int tries, String reason) {}

    /** The same as {@link #failing}, with why; what another process cannot send is not known. */
    public List<Unsent> unsent() {
        return senders.values().stream()
                .filter(sender -> sender.failures() > 0)
                .map(s -> new Unsent(s.route().label(), s.failures(), s.reason()))
                .sorted(Comparator.comparing(Unsent::route))
                .toList();
    }

    /** Whether nothing is being sent. */
    boolean isIdle() {
        return senders.values().stream().noneMatch(RouteSender::isRunning);
    }

    /** Lets go of what an earlier term had, without waiting: it sends nothing more. */
    private void abandon() {
        var old = List.copyOf(senders.values());
        senders.clear();
        old.forEach(sender -> Thread.startVirtualThread(() -> end(sender)));
    }

    private static void end(RouteSender sender) {
        try {
            sender.end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends sending; another replica need not wait for it. The loop has ended before. */
    public void close() throws InterruptedException {
        for (var sender : senders.values()) {
            sender.end();
        }
        senders.clear();
        try {
            leadership.resign();
        } catch (SkeinException e) {
            LOG.debugf("the lease ends by itself: %s", e.getMessage());
        }
    }
}
