// SPDX-License-Identifier: Apache-2.0
package dev.skein.faults.check;

import dev.skein.engine.postgres.PgSession;
import dev.skein.faults.world.StackUnderFaults;
import java.util.ArrayList;
import java.util.List;

/** What the control plane, and the audit service, have not brought to an end yet. */
final class OpenEnds {
    private final StackUnderFaults world;

    OpenEnds(StackUnderFaults world) {
        this.world = world;
    }

    /** All that is open, in words. */
    List<String> find() {
        var open = new ArrayList<String>();
        try (var api = world.open("control", "skein_api")) {
            rollouts(api, open);
            directives(api, open);
            deadLetters(api, open);
        }
        try (var audit = world.open("control", "skein_audit")) {
            deadLetters(audit, open);
        }
        return open;
    }

    private static void rollouts(PgSession api, List<String> open) {
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
    }

    private static void directives(PgSession api, List<String> open) {
        api.query("SELECT uid, rollout FROM directive WHERE payload IS NOT NULL")
                .forEach(row ->
                        open.add("a directive of " + row.getString(1) + " to " + row.getString(0)));
    }

    private static void deadLetters(PgSession service, List<String> open) {
        service.query("SELECT topic, reason FROM dead_letter WHERE state = 'waiting'")
                .forEach(row ->
                        open.add("a dead letter of " + row.getString(0) + ": " + row.getString(1)));
    }
}
