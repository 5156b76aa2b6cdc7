// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.event;

import dev.skein.engine.SkeinException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a topic has to be.
 *
 * @param compacted whether its newest record of each key stays for ever; else all stay for a time
 * @param stamped whether its records have the broker's time, whatever the clocks of those that
 *     write them say
 * @param swept whether what was replaced is removed within about an hour: whoever takes a partition
 *     over reads all of it before it acts
 */
public record TopicShape(String name, boolean compacted, boolean stamped, boolean swept) {
    private static final String CLEANUP = "cleanup.policy";
    private static final String SAFE = "min.insync.replicas";
    private static final String STAMP = "message.timestamp.type";
    private static final String BROKERS = "LogAppendTime";
    private static final String LARGEST = String.valueOf(2 * 1024 * 1024);
    private static final String TWO_WEEKS = String.valueOf(14L * 24 * 3600 * 1000);
    private static final String HOUR = String.valueOf(3600 * 1000);

    /** Each is as much as there may be: brokers leave it at a week, or at half of a topic. */
    private static final Map<String, String> SWEEPING =
            new TreeMap<>(
                    Map.of(
                            "segment.ms",
                            String.valueOf(10 * 60 * 1000),
                            "min.cleanable.dirty.ratio",
                            "0.1",
                            "max.compaction.lag.ms",
                            HOUR,
                            "delete.retention.ms",
                            HOUR));

    private TopicShape(String name, boolean compacted, boolean stamped) {
        this(name, compacted, stamped, false);
    }

    /**
     * How one was found.
     *
     * @param copies how many brokers keep it, the fewest of its partitions
     * @param settings those in force, the broker's own among them; empty where they may not be seen
     */
    public record Found(int partitions, int copies, Map<String, String> settings) {}

    /** The topics of all sites. */
    public static List<TopicShape> common() {
        return List.of(
                new TopicShape(Topics.JOURNAL, false, false),
                new TopicShape(Topics.DECISIONS, false, false),
                new TopicShape(Topics.INVENTORY, true, true),
                new TopicShape(Topics.AGENTS, true, true),
                new TopicShape(Topics.BUNDLES, true, false),
                new TopicShape(Topics.CATALOGS, true, false),
                new TopicShape(Topics.REPLIES, false, false),
                new TopicShape(Topics.RECALLS, false, false));
    }

    /** The topics of a site. */
    public static List<TopicShape> of(String site) {
        return List.of(
                new TopicShape(Topics.directives(site), true, false, true),
                new TopicShape(Topics.requests(site), false, true));
    }

    /**
     * What it is made with.
     *
     * @param copies how many brokers keep it; negative for as many as they do by themselves
     */
    public Map<String, String> settings(int copies) {
        var settings = new HashMap<String, String>();
        settings.put(CLEANUP, policy());
        settings.put("retention.ms", TWO_WEEKS);
        settings.put("max.message.bytes", LARGEST);
        if (stamped) {
            settings.put(STAMP, BROKERS);
        }
        if (swept) {
            settings.putAll(SWEEPING);
        }
        if (copies > 2) {
            settings.put(SAFE, "2");
        }
        return settings;
    }

    private String policy() {
        return compacted ? "compact" : "delete";
    }

    /**
     * Refuses one that others made otherwise: keys would lie in other partitions, or what must stay
     * would be removed.
     *
     * @throws SkeinException which, what was found, and what to do
     */
    public void require(Found found) {
        if (found.partitions() != Topics.PARTITIONS) {
            throw refusal(
                    "it has " + found.partitions() + " partitions, not " + Topics.PARTITIONS,
                    "Stop what uses it, delete it and start the api, which makes it; set"
                            + " auto.create.topics.enable=false on the brokers");
        }
        if (found.settings().isEmpty()) {
            return;
        }
        var policies =
                Arrays.stream(found.settings().getOrDefault(CLEANUP, "").split(","))
                        .map(String::strip)
                        .collect(Collectors.toSet());
        if (!policies.equals(Set.of(policy()))) {
            throw refusal(
                    CLEANUP + " is " + found.settings().get(CLEANUP) + ", not " + policy(),
                    setting(CLEANUP + "=" + policy()));
        }
    }

    /**
     * Refuses one that the loss of a broker would take away, or stop.
     *
     * @param copies how many brokers have to keep it
     * @throws SkeinException which, what was found, and what to do
     */
    public void requireCopies(Found found, int copies) {
        if (found.copies() < copies) {
            throw refusal(
                    "brokers keep " + found.copies() + " of it, not " + copies,
                    "Give it more with kafka-reassign-partitions.sh, or set"
                            + " skein.api.topic-replicas="
                            + found.copies()
                            + " where that is meant");
        }
        if (found.settings().isEmpty()) {
            return;
        }
        var safe = Integer.parseInt(found.settings().getOrDefault(SAFE, "1"));
        if (safe > found.copies() || (copies > 2 && safe < 2)) {
            throw refusal(
                    "%s is %d of %d copies".formatted(SAFE, safe, found.copies()),
                    setting(SAFE + "=" + (copies > 2 ? 2 : 1)));
        }
    }

    /**
     * Refuses one whose records have the time of whoever writes them, where the brokers' counts.
     *
     * @throws SkeinException which, what was found, and what to do
     */
    public void requireStamps(Found found) {
        if (!keepsStamps(found)) {
            var type = found.settings().get(STAMP);
            throw refusal(
                    STAMP + " is " + type + ", not " + BROKERS, setting(STAMP + "=" + BROKERS));
        }
    }

    /** Whether its records have the time that they have to, as far as may be seen. */
    public boolean keepsStamps(Found found) {
        var type = found.settings().get(STAMP);
        return !stamped || type == null || type.equals(BROKERS);
    }

    /**
     * What one that was made otherwise has to be set to, so that what was replaced in it is removed
     * in time; nothing where that is so, or its settings may not be seen.
     */
    public Map<String, String> unswept(Found found) {
        var unswept = new TreeMap<String, String>();
        if (swept && !found.settings().isEmpty()) {
            SWEEPING.forEach((key, most) -> {
                if (isMore(found.settings().get(key), most)) {
                    unswept.put(key, most);
                }
            });
        }
        return unswept;
    }

    private static boolean isMore(@Nullable String set, String most) {
        return set == null || Double.parseDouble(set) > Double.parseDouble(most);
    }

    /**
     * Refuses one that keeps what was replaced in it.
     *
     * @throws SkeinException which, what was found, and what to do
     */
    public void requireSweeping(Found found) {
        var unswept = unswept(found);
        if (!unswept.isEmpty()) {
            var is =
                    unswept.keySet().stream()
                            .map(key -> key + " is " + found.settings().get(key))
                            .collect(Collectors.joining(", "));
            var to =
                    unswept.entrySet().stream()
                            .map(Object::toString)
                            .collect(Collectors.joining(","));
            throw refusal(is + ": agents that start read what was replaced long ago", setting(to));
        }
    }

    private String setting(String to) {
        return "Set it: kafka-configs.sh --alter --entity-type topics --entity-name "
                + name
                + " --add-config "
                + to;
    }

    private SkeinException refusal(String found, String remedy) {
        return SkeinException.usage("Topic " + name, found, remedy);
    }
}
