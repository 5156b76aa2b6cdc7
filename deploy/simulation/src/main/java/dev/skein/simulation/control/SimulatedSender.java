// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.control;

import dev.skein.api.relay.Leadership;
import dev.skein.engine.event.Topics;
import dev.skein.simulation.site.ServiceProcess;
import dev.skein.simulation.site.SimulatedWorld;
import dev.skein.simulation.store.MemoryDb;
import dev.skein.simulation.store.MemoryLeaders;
import dev.skein.simulation.store.MemoryOutbox;
import dev.skein.simulation.store.MemoryRows;
import dev.skein.simulation.store.MemoryTables;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Sends directives as long as this process leads. Between reading, sending and noting that it is
 * sent anything may come: another leader above all.
 */
final class SimulatedSender {
    private static final Duration LEASE = Duration.ofSeconds(5);
    private static final int LOOK = 3_000;

    private final SimulatedWorld world;
    private final ServiceProcess process;
    private final MemoryDb db;
    private final MemoryTables tables;
    private final MemoryOutbox outbox;
    private final SimulatedSettings settings;
    private final Map<String, Long> producers = new HashMap<>();
    private final Set<String> sending = new HashSet<>();
    private Leadership leadership;
    private boolean signalled;
    private long term;

    SimulatedSender(
            SimulatedWorld world,
            ServiceProcess process,
            MemoryDb db,
            MemoryTables tables,
            SimulatedSettings settings) {
        this.world = world;
        this.process = process;
        this.db = db;
        this.tables = tables;
        this.outbox = new MemoryOutbox(tables);
        this.settings = settings;
        this.leadership = newLeadership();
    }

    private Leadership newLeadership() {
        return new Leadership(db, new MemoryLeaders(tables), LEASE, process::nanos);
    }

    void start() {
        leadership = newLeadership();
        producers.clear();
        sending.clear();
        signalled = false;
        term = Leadership.NONE;
        process.every(LOOK, this::lookForWork);
    }

    void signal() {
        if (!signalled) {
            signalled = true;
            process.soon(this::lookForWork);
        }
    }

    private void lookForWork() {
        signalled = false;
        try {
            long now = leadership.renew();
            if (now != term) {
                producers.clear();
                sending.clear();
                term = now;
            }
            if (now != Leadership.NONE) {
                db.call(tx -> outbox.routes()).forEach(site -> begin(site, now));
            }
        } catch (StoreTrouble.Refused e) {
            world.trace().say(() -> process.name() + " could not look what is to be sent");
        }
    }

    /** A producer for a site fences every earlier one of it, before anything is read. */
    private void begin(String site, long ofTerm) {
        if (hasNoTopic(site)) {
            producers.remove(site);
            db.run(tx -> {
                if (world.rules().endsWhatGoesNowhere()
                        && world.rules().leads(leadership.isHeld(tx, ofTerm))) {
                    outbox.nowhere(site);
                }
            });
        } else if (sending.add(site)) {
            var producer = producers.computeIfAbsent(site, world::fence);
            process.soon(() -> read(new Route(site, ofTerm, producer)));
        }
    }

    /** The topic of a site that the settings name is made where there is none. */
    private boolean hasNoTopic(String site) {
        var topic = Topics.directives(site);
        if (settings.sites().contains(site)) {
            world.broker().make(topic);
        }
        return world.broker().isDeleted(topic) && !world.broker().isDown();
    }

    /** Where one sends to, in which term, by which producer: what it has read goes that way. */
    private record Route(String site, long term, long producer) {}

    private void read(Route route) {
        try {
            var batch =
                    db.call(tx ->
                            world.rules().leads(leadership.isHeld(tx, route.term()))
                                    ? outbox.directives(route.site())
                                    : List.<MemoryRows.Issued>of());
            if (batch.isEmpty() || !world.rules().leads(leadership.isHeld(route.term()))) {
                ended(route);
                return;
            }
            if (world.chance().is(world.knobs().stalls())) {
                process.freeze(world.chance().between(1_000, 40_000));
            }
            process.soon(() -> send(route, batch));
        } catch (StoreTrouble.Refused e) {
            ended(route);
        }
    }

    private void ended(Route route) {
        if (route.term() == term) {
            sending.remove(route.site());
        }
    }

    private void send(Route route, List<MemoryRows.Issued> batch) {
        var newest = world.isNewest(route.site(), route.producer());
        if (!world.rules().sends(newest)
                || world.broker().isDown()
                || world.broker().isDeleted(Topics.directives(route.site()))) {
            if (route.term() == term) {
                producers.remove(route.site());
            }
            ended(route);
            return;
        }
        for (var one : batch) {
            world.trace().say(() -> process.name() + " sends " + inWords(one));
            world.broker().take(Topics.directives(route.site()), one.uid(), one.content());
        }
        process.soon(() -> sent(route, batch));
    }

    private static String inWords(MemoryRows.Issued one) {
        var content = one.content();
        return (content == null ? "tombstone" : content.action().toString())
                + " "
                + one.uid().substring(30)
                + " "
                + one.rollout()
                + "/"
                + one.generation();
    }

    private void sent(Route route, List<MemoryRows.Issued> batch) {
        try {
            db.run(tx -> outbox.sent(batch));
            process.soon(() -> read(route));
        } catch (StoreTrouble.Refused e) {
            ended(route);
        }
    }
}
