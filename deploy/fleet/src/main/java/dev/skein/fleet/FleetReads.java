// SPDX-License-Identifier: Apache-2.0
package dev.skein.fleet;

import dev.skein.faults.work.StackOperators;
import java.io.IOException;
import java.util.ArrayList;

/** How long answers take, asked one after the other. */
record FleetReads(StackOperators desk, FleetFigures figures) {
    private static final int ASKED = 20;

    /** What is asked of a fleet. */
    void ofFleet() throws IOException, InterruptedException {
        ask("/api/status", "");
        ask("/api/databases", "");
        ask("/api/databases", "?select=name%20=%20tenant_00000*");
    }

    /** What is asked of a rollout that was. */
    void ofRollout(String id) throws IOException, InterruptedException {
        var path = "/api/rollouts/" + id;
        ask("/api/rollouts", "");
        ask(path, "");
        ask(path + "/plan", "");
        ask(path + "/targets", "");
    }

    private void ask(String path, String query) throws IOException, InterruptedException {
        var times = new ArrayList<Double>();
        long bytes = 0;
        for (int n = 0; n < ASKED; n++) {
            long began = System.nanoTime();
            bytes = desk.bytes(StackOperators.OPERATOR, path + query).length;
            times.add(FleetWait.since(began) * 1e3);
        }
        figures.addTimes("GET " + path + (query.isEmpty() ? "" : " of ten"), times, bytes);
    }
}
