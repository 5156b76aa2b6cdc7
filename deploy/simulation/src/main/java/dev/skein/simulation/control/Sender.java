// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.control;

import dev.skein.api.relay.Leadership;
import dev.skein.engine.event.Topics;
import dev.skein.simulation.site.Process;
import dev.skein.simulation.site.World;
import dev.skein.simulation.store.MemoryDb;
import dev.skein.simulation.store.MemoryLeaders;
import dev.skein.simulation.store.MemoryOutbox;
import dev.skein.simulation.store.Rows;
import dev.skein.simulation.store.Tables;
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
final class Sender {
    private static final Duration LEASE = Duration.ofSeconds(5);
    private static final int LOOK = 3_000;

    private final World world;
    private final Process process;
    private final MemoryDb db;
    private final Tables tables;
    private final MemoryOutbox outbox;
    private final Map<String, Long> producers = new HashMap<>();
    private final Set<String> sending = new HashSet<>();
    private Leadership leadership;
    private boolean signalled;
    private long term;

    Sender(World world, Process process, MemoryDb db, Tables tables) {
        this.world = world;
        this.process = process;
        this.db = db;
        this.tables = tables;
        this.outbox = new MemoryOutbox(tables);
        this.leadership = another();
    }

    private Leadership another() {
        return new Leadership(db, new MemoryLeaders(tables), LEASE, process::nanos);
    }

    void start() {
        leadership = another();
        producers.clear();
        sending.clear();
        signalled = false;
        term = Leadership.NONE;
        process.every(LOOK, this::round);
    }

    void signal() {
        if (!signalled) {
            signalled = true;
            process.soon(this::round);
        }
    }

    private void round() {
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
        } catch (Trouble.Refused e) {
            world.trace().say(() -> process.name() + " could not look what is to be sent");
        }
    }

    /** A producer for a site fences every earlier one of it, before anything is read. */
    private void begin(String site, long ofTerm) {
        if (sending.add(site)) {
            if (!producers.containsKey(site)) {
                producers.put(site, world.fence(site));
            }
            process.soon(() -> read(site, ofTerm));
        }
    }

    private void read(String site, long ofTerm) {
        try {
            var batch =
                    db.call(
                            tx ->
                                    world.rules().leads(leadership.isHeld(tx, ofTerm))
                                            ? outbox.directives(site)
                                            : List.<Rows.Issued>of());
            if (batch.isEmpty() || !world.rules().leads(leadership.isHeld(ofTerm))) {
                sending.remove(site);
                return;
            }
            if (world.chance().is(world.knobs().stalls())) {
                process.freeze(world.chance().between(1_000, 40_000));
            }
            process.soon(() -> send(site, batch, ofTerm));
        } catch (Trouble.Refused e) {
            sending.remove(site);
        }
    }

    private void send(String site, List<Rows.Issued> batch, long ofTerm) {
        var mine = producers.get(site);
        if (mine == null
                || !world.rules().sends(world.isNewest(site, mine))
                || world.broker().isDown()) {
            producers.remove(site);
            sending.remove(site);
            return;
        }
        for (var one : batch) {
            world.trace().say(() -> process.name() + " sends " + inWords(one));
            world.broker().take(Topics.directives(site), one.uid(), one.content());
        }
        process.soon(() -> sent(site, batch, ofTerm));
    }

    private static String inWords(Rows.Issued one) {
        var content = one.content();
        return (content == null ? "tombstone" : content.action().toString())
                + " " + one.uid().substring(30) + " " + one.rollout() + "/" + one.generation();
    }

    private void sent(String site, List<Rows.Issued> batch, long ofTerm) {
        try {
            db.run(tx -> outbox.sent(batch));
            process.soon(() -> read(site, ofTerm));
        } catch (Trouble.Refused e) {
            sending.remove(site);
        }
    }
}
