// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation;

import dev.skein.engine.SkeinException;
import dev.skein.simulation.site.SimulationRules;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs histories by their seeds, or tells one of them. */
public final class SimulationMain {
    private static final int MOST = 20;
    private static final String HISTORIES = "--histories";
    private static final String SEED = "--seed";
    private static final String MINUTES = "--minutes";
    private static final String REPLAY = "--replay";
    private static final List<String> KNOWN = List.of(HISTORIES, SEED, MINUTES, REPLAY);
    private static final long PART = 1_000;

    private SimulationMain() {}

    /**
     * Exit code 0 where everything held, 1 where it did not, 2 for wrong words.
     *
     * @param args {@code --histories N --seed S --minutes M}, or {@code --replay SEED}
     */
    public static void main(String[] args) {
        int code;
        try {
            code = run(options(args));
        } catch (SkeinException e) {
            System.err.println("Error: " + e.getMessage());
            code = e.code().exitCode();
        }
        System.exit(code);
    }

    private static int run(Map<String, Long> options) {
        var replayed = options.get(REPLAY);
        if (replayed != null) {
            return replay(replayed);
        }
        var hunt = hunt(options, PART);
        System.out.print(hunt.text());
        hunt.failed().stream()
                .findFirst()
                .ifPresent(
                        one -> System.out.println("deploy/simulation/run --replay " + one.seed()));
        return hunt.failed().isEmpty() ? 0 : 1;
    }

    /** As many as were asked for, or as go into the time; says after each part how far it is. */
    static HistoryHunt hunt(Map<String, Long> options, long partSize) {
        long histories = options.getOrDefault(HISTORIES, 20_000L);
        long seed = options.getOrDefault(SEED, 1L);
        var hunt =
                new HistoryHunt(
                        new SimulationRules(),
                        Duration.ofMinutes(
                                options.getOrDefault(MINUTES, HistoryHunt.LONGEST.toMinutes())));
        long done = 0;
        while (done < histories && hunt.failed().size() < MOST && !hunt.isOver()) {
            long part = Math.min(partSize, histories - done);
            hunt.run(seed + done, part, MOST);
            done += part;
            if (done < histories) {
                System.out.println(hunt.sum());
            }
        }
        return hunt;
    }

    /** What was asked for, by the options' names. */
    static Map<String, Long> options(String... words) {
        var options = new HashMap<String, Long>();
        for (int n = 0; n < words.length; n += 2) {
            options.put(words[n], number(words, n));
        }
        if (options.getOrDefault(MINUTES, 0L) > HistoryHunt.LONGEST.toMinutes()) {
            throw SkeinException.usage(
                    MINUTES,
                    "that is more than a year",
                    "Write at most " + HistoryHunt.LONGEST.toMinutes());
        }
        return options;
    }

    private static long number(String[] words, int n) {
        if (!KNOWN.contains(words[n])) {
            throw SkeinException.usage(
                    words[n], "there is no such option", "Known are " + String.join(", ", KNOWN));
        }
        if (n + 1 == words.length || !words[n + 1].matches("\\d{1,18}")) {
            throw SkeinException.usage(
                    words[n], "no number stands behind it", "Write one of at most 18 digits");
        }
        return Long.parseLong(words[n + 1]);
    }

    private static int replay(long seed) {
        var verdict = History.run(seed, new SimulationRules(), true);
        verdict.trace().forEach(System.out::println);
        verdict.broken().forEach(System.out::println);
        return verdict.holds() ? 0 : 1;
    }
}
