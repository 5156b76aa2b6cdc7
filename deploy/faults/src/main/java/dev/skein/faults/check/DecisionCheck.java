// SPDX-License-Identifier: Apache-2.0
package dev.skein.faults.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.engine.Json;
import dev.skein.engine.journal.EntryKind;
import dev.skein.engine.journal.Envelope;
import dev.skein.faults.work.Ledger;
import dev.skein.faults.work.Violations;
import dev.skein.faults.world.StackUnderFaults;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Decisions and what followed: no wave before the one before it has passed (I4), each command that
 * was acknowledged took effect once (I7), no step without another person's approval for exactly
 * that plan (I8). What was before what is by the databases' clocks, which is one here: those of the
 * programs may be wrong.
 */
final class DecisionCheck {
    private static final int ALONE = 5;

    /** One decision. */
    private record Decision(String type, JsonNode payload, Instant at) {}

    private final StackUnderFaults world;
    private final Ledger ledger;
    private final Violations violations;

    DecisionCheck(StackUnderFaults world, Ledger ledger, Violations violations) {
        this.world = world;
        this.ledger = ledger;
        this.violations = violations;
    }

    void check(List<TenantCheck.Told> told) {
        var decisions = new HashMap<String, List<Decision>>();
        var waves = new HashMap<String, Integer>();
        try (var api = world.open("control", "skein_api")) {
            api.query(
                            """
                            SELECT stream, envelope FROM event
                            WHERE stream LIKE 'rollout/%'
                            ORDER BY stream, version
                            """)
                    .forEach(row -> {
                        var says = Json.read(row.getBuffer(1).getBytes(), JsonNode.class);
                        decisions
                                .computeIfAbsent(
                                        row.getString(0).replaceFirst("^rollout/", ""),
                                        id -> new ArrayList<>())
                                .add(
                                        new Decision(
                                                says.path("type").asText().replace("rollout.", ""),
                                                says.path("payload"),
                                                Instant.parse(says.path("at").asText())));
                    });
            api.query("SELECT rollout, uid, wave FROM rollout_target")
                    .forEach(row ->
                            waves.put(
                                    row.getString(0) + " " + row.getString(1), row.getInteger(2)));
        }
        for (var command : ledger.commands()) {
            once(command, decisions.getOrDefault(command.rollout(), List.of()));
        }
        for (var one : told) {
            for (int n = 0; n < one.says().size(); n++) {
                step(one, one.says().get(n), one.written().get(n), decisions, waves);
            }
        }
    }

    private void once(Ledger.Command command, List<Decision> decisions) {
        long effects =
                decisions.stream()
                        .filter(decision -> decision.type().equals(command.event()))
                        .filter(decision ->
                                command.reason().isEmpty()
                                        || decision.payload()
                                                .toString()
                                                .contains("\"" + command.reason() + "\""))
                        .count();
        boolean right =
                switch (command.said()) {
                    case DONE -> effects == 1;
                    case UNKNOWN -> effects <= 1;
                    // Without a reason of its own, somebody else's command may have had the effect.
                    case REFUSED -> effects == 0 || command.reason().isEmpty();
                };
        if (!right) {
            violations.add("I7", command + " had " + effects + " effects");
        }
    }

    private void step(
            TenantCheck.Told told,
            Envelope says,
            Instant at,
            Map<String, List<Decision>> decisions,
            Map<String, Integer> waves) {
        var rollout = says.rollout();
        if (rollout == null
                || (says.kind() != EntryKind.APPLIED && says.kind() != EntryKind.REVERTED)) {
            return;
        }
        var made = decisions.getOrDefault(rollout, List.of());
        var where = told.tenant() + " entry " + says.seq() + " of " + rollout;
        if (!isApproved(made, at)) {
            violations.add("I8", where + " has no approval by somebody else: " + made);
        }
        var wave = waves.get(rollout + " " + says.uid());
        if (wave == null) {
            violations.add("I8", where + ": the database is in no wave of it");
        } else if (wave > 0 && !hasPassed(made, wave - 1, at)) {
            violations.add(
                    "I4", where + " is of wave " + wave + ", and the one before had not passed");
        } else if (hasPassed(made, wave, at)) {
            violations.add("I4", where + " is of wave " + wave + ", which had passed");
        }
    }

    private static boolean hasPassed(List<Decision> made, int wave, Instant at) {
        return made.stream()
                .anyMatch(d ->
                        d.type().equals("WavePassed")
                                && d.payload().path("wave").asInt() == wave
                                && !d.at().isAfter(at));
    }

    private static boolean isApproved(List<Decision> made, Instant at) {
        if (made.isEmpty()) {
            return false;
        }
        var created = made.getFirst().payload();
        int size = 0;
        for (var wave : created.path("waveSizes")) {
            size += wave.asInt();
        }
        boolean alone = size <= ALONE && !created.at("/spec/undo").isMissingNode();
        return made.stream()
                .anyMatch(d ->
                        d.type().equals("Approved")
                                && !d.at().isAfter(at)
                                && d.payload().path("planHash").equals(created.path("planHash"))
                                && (alone
                                        || !d.payload().path("by").equals(created.path("author"))));
    }

    /** Rollouts that stand by neither end. */
    List<String> open() {
        var open = new ArrayList<String>();
        try (var api = world.open("control", "skein_api")) {
            api.query("SELECT id, status FROM rollout WHERE status NOT IN ('completed', 'aborted')")
                    .forEach(row -> open.add(row.getString(0) + " is " + row.getString(1)));
            api.query("SELECT rollout, wave, open FROM wave_tally WHERE open > 0")
                    .forEach(row ->
                            open.add(
                                    "%s wave %d has %d open"
                                            .formatted(
                                                    row.getString(0),
                                                    row.getInteger(1),
                                                    row.getInteger(2))));
            api.query("SELECT uid, rollout FROM directive WHERE payload IS NOT NULL")
                    .forEach(row ->
                            open.add(
                                    "a directive of "
                                            + row.getString(1)
                                            + " to "
                                            + row.getString(0)));
            api.query("SELECT topic, reason FROM dead_letter WHERE state = 'waiting'")
                    .forEach(row ->
                            open.add(
                                    "a dead letter of "
                                            + row.getString(0)
                                            + ": "
                                            + row.getString(1)));
        }
        return open;
    }
}
