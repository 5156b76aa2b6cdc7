// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation;

import dev.skein.simulation.site.Rules;
import java.util.HashMap;
import java.util.Map;

/** Runs histories by their seeds, or tells one of them. */
public final class Main {
    private static final int MOST = 20;

    private Main() {}

    /**
     * @param args {@code --histories N --seed S}, or {@code --replay SEED}
     */
    public static void main(String[] args) {
        var options = options(args);
        if (options.containsKey("--replay")) {
            System.exit(replay(options.get("--replay")));
        }
        var hunt = new Hunt(new Rules());
        hunt.run(
                options.getOrDefault("--seed", 1L),
                options.getOrDefault("--histories", 20_000L),
                MOST);
        System.out.print(hunt.text());
        hunt.failed().stream()
                .findFirst()
                .ifPresent(
                        one -> System.out.println("deploy/simulation/run --replay " + one.seed()));
        System.exit(hunt.failed().isEmpty() ? 0 : 1);
    }

    private static Map<String, Long> options(String[] args) {
        var options = new HashMap<String, Long>();
        for (int i = 0; i + 1 < args.length; i += 2) {
            options.put(args[i], Long.parseLong(args[i + 1]));
        }
        return options;
    }

    private static int replay(long seed) {
        var verdict = History.run(seed, new Rules(), true);
        verdict.trace().forEach(System.out::println);
        verdict.broken().forEach(System.out::println);
        return verdict.holds() ? 0 : 1;
    }
}
