// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.store;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What is committed and not yet on its way, in memory; and where feeds are. */
public final class MemoryOutbox {
    private static final int BATCH = 500;
    private static final long REPUBLISH = Duration.ofSeconds(15).toMillis();

    private static final long REMIND_EVERY = Duration.ofSeconds(5).toMillis();
    private static final long ALIVE = Duration.ofSeconds(15).toMillis();

    private final MemoryTables tables;
    private long reminded;

    public MemoryOutbox(MemoryTables tables) {
        this.tables = tables;
    }

    /** The sites to which something is to be sent. */
    public List<String> routes() {
        if (tables.now() - reminded >= REMIND_EVERY) {
            reminded = tables.now();
            remind();
        }
        var sites = new LinkedHashSet<String>();
        tables.directives.all(d -> !d.published()).forEach(d -> sites.add(d.site()));
        return List.copyOf(sites);
    }

    private void remind() {
        var due =
                tables
                        .directives
                        .all(d -> d.published() && d.content() != null && d.due() < tables.now())
                        .stream()
                        .collect(
                                Collectors.groupingBy(
                                        MemoryRows.Issued::site,
                                        TreeMap::new,
                                        Collectors.toList()));
        due.forEach((site, some) -> {
            if (some.size() > running(site)) {
                some.forEach(d -> tables.directives.put(d.uid(), d.again()));
            }
        });
    }

    /** How many a site's agents say that they are at. */
    private int running(String site) {
        return tables
                .agents
                .all(a -> a.site().equals(site) && a.seen() > tables.now() - ALIVE)
                .stream()
                .mapToInt(MemoryRows.Beat::running)
                .sum();
    }

    /** Directives to send to a site. */
    public List<MemoryRows.Issued> directives(String site) {
        var unsent = tables.directives.all(d -> !d.published() && d.site().equals(site));
        return List.copyOf(unsent.subList(0, Math.min(BATCH, unsent.size())));
    }

    /** Notes that directives were sent, unless they changed meanwhile. */
    public void sent(List<MemoryRows.Issued> sent) {
        for (var one : sent) {
            var now = tables.directives.row(one.uid());
            if (now.generation() == one.generation()
                    && (now.content() == null) == (one.content() == null)) {
                long pause = REPUBLISH << Math.min(now.attempt(), 6);
                tables.directives.put(one.uid(), now.sent(tables.now() + pause));
            }
        }
    }

    /** Ends the tombstones for a site whose topic is gone. */
    public void nowhere(String site) {
        for (var one :
                tables.directives.all(
                        d -> !d.published() && d.content() == null && d.site().equals(site))) {
            tables.directives.put(one.uid(), one.sent(tables.now()));
        }
    }

    /** Where a feed has come to. */
    public long position(String partition) {
        var at = tables.positions.get(partition);
        return at == null ? 0 : at;
    }

    /** Notes that so many records of a partition have had their effect. */
    public void effected(String partition, long number) {
        var before = tables.effected.get(partition);
        tables.effected.put(partition, number + (before == null ? 0 : before));
    }

    /** Moves it on; whether nobody else had. */
    public boolean move(String partition, long from, long to) {
        if (position(partition) != from) {
            return false;
        }
        tables.positions.put(partition, to);
        return true;
    }
}
