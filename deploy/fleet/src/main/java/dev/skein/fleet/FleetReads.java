// SPDX-License-Identifier: Apache-2.0
package dev.skein.fleet;

import dev.skein.faults.work.StackOperators;
import java.io.IOException;
import java.util.ArrayList;

/** How long answers take, asked one after the other. */
record FleetReads(StackOperators desk, FleetFigures figures) {
    /** The part of the first page that changes. */
    static final String FIRST_PAGE = "/console/live";

    private static final int ASKED = 20;
    private static final int DONE = 200;

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
        ask("/console", "");
        ask("/console/rollouts/" + id, "");
        ask("/console/rollouts/" + id + "/live", "");
    }

    private void ask(String path, String query) throws IOException, InterruptedException {
        var times = new ArrayList<Double>();
        long bytes = 0;
        for (int n = 0; n < ASKED; n++) {
            long began = System.nanoTime();
            var answer = desk.again(StackOperators.OPERATOR, path + query, "");
            if (answer.statusCode() != DONE) {
                throw new IOException(path + " was answered with " + answer.statusCode());
            }
            bytes = answer.body().length;
            times.add(FleetWait.since(began) * 1e3);
        }
        figures.addTimes("GET " + path + (query.isEmpty() ? "" : " of ten"), times, bytes);
    }
}
