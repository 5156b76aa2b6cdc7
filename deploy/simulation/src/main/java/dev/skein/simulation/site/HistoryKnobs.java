// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.site;

import dev.skein.simulation.time.Chance;
import java.util.List;

/**
 * How a history goes, by its seed.
 *
 * @param tenants how many databases each site has
 * @param slowestStep how long a step takes at most, in milliseconds
 * @param faultEvery how long it takes from one fault to the next, at most; 0 for no faults
 * @param askEvery how long it takes from one command to the next, at most
 * @param repeats how probable it is that a record is sent twice
 * @param loses how probable it is that a record is not sent
 * @param refuses how probable it is that a transaction cannot begin
 * @param conflicts how probable it is that one loses against another and is run again
 * @param unheard how probable it is that nobody hears that one is committed
 * @param stalls how probable it is that a process stands still before it sends
 * @param troubled for how long there are faults and commands, in milliseconds
 */
public record HistoryKnobs(
        int tenants,
        int slowestStep,
        int faultEvery,
        int askEvery,
        double repeats,
        double loses,
        double refuses,
        double conflicts,
        double unheard,
        double stalls,
        int troubled) {
    /** Those of a seed. */
    public static HistoryKnobs of(Chance chance) {
        var calm = chance.is(0.1);
        return new HistoryKnobs(
                chance.between(1, 4),
                chance.of(List.of(200, 2_000, 20_000)),
                calm ? 0 : chance.of(List.of(5_000, 20_000, 60_000)),
                chance.of(List.of(5_000, 20_000, 60_000)),
                calm ? 0 : 0.1,
                calm ? 0 : 0.05,
                calm ? 0 : 0.02,
                calm ? 0 : 0.03,
                calm ? 0 : 0.02,
                calm ? 0 : 0.02,
                chance.between(60_000, 240_000));
    }

    /** The same when all is well again. */
    public HistoryKnobs calm() {
        return new HistoryKnobs(tenants, slowestStep, 0, askEvery, 0, 0, 0, 0, 0, 0, 0);
    }
}
