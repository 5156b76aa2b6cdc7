// SPDX-License-Identifier: Apache-2.0
package dev.skein.faults;

import dev.skein.engine.SkeinException;
import java.time.Duration;
import java.util.Optional;

/**
 * How long and how hard.
 *
 * @param faults how many at least
 * @param seed what everything that is left to chance depends on
 * @param perRound faults that overlap in one round
 * @param spread over which time the faults of a round begin
 * @param longest how long a single one may last
 * @param rest how long it may take until all is well again
 * @param only the one kind of fault there is, by its name
 */
record FaultOptions(
        int faults,
        long seed,
        int perRound,
        Duration spread,
        Duration longest,
        Duration rest,
        Optional<String> only) {
    /** For a long run: faults as long as they come. */
    static final FaultOptions LONG =
            new FaultOptions(
                    1000,
                    1,
                    20,
                    Duration.ofSeconds(25),
                    Duration.ofSeconds(120),
                    Duration.ofSeconds(60),
                    Optional.empty());

    /**
     * Reads words like {@code --faults 1000}: {@code --faults}, {@code --seed}, {@code
     * --per-round}, {@code --spread}, {@code --longest} and {@code --rest} in seconds, {@code
     * --only} a kind.
     */
    static FaultOptions parse(String... words) {
        var options = LONG;
        for (int n = 0; n < words.length; n += 2) {
            if (n + 1 == words.length) {
                throw SkeinException.usage(words[n], "nothing stands behind it", "Write a value");
            }
            options = options.with(words[n], words[n + 1]);
        }
        return options;
    }

    private FaultOptions with(String name, String value) {
        return switch (name) {
            case "--faults" ->
                    new FaultOptions(
                            (int) number(value), seed, perRound, spread, longest, rest, only);
            case "--seed" ->
                    new FaultOptions(faults, number(value), perRound, spread, longest, rest, only);
            case "--per-round" ->
                    new FaultOptions(
                            faults, seed, (int) number(value), spread, longest, rest, only);
            case "--spread" ->
                    new FaultOptions(faults, seed, perRound, seconds(value), longest, rest, only);
            case "--longest" ->
                    new FaultOptions(faults, seed, perRound, spread, seconds(value), rest, only);
            case "--rest" ->
                    new FaultOptions(faults, seed, perRound, spread, longest, seconds(value), only);
            case "--only" ->
                    new FaultOptions(
                            faults, seed, perRound, spread, longest, rest, Optional.of(value));
            default ->
                    throw SkeinException.usage(
                            name,
                            "there is no such option",
                            "Known are --faults, --seed, --per-round, --spread, --longest, --rest,"
                                    + " --only");
        };
    }

    private static Duration seconds(String text) {
        return Duration.ofSeconds(number(text));
    }

    private static long number(String text) {
        if (!text.matches("\\d{1,9}")) {
            throw SkeinException.usage("'" + text + "'", "it is no number", "Write one");
        }
        return Long.parseLong(text);
    }
}
