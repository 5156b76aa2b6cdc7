// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.place;

import dev.skein.agent.cli.common.Output;
import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import java.util.List;
import java.util.function.Consumer;

/** The same work on each of several databases. */
public final class PlaceVisits {
    private final Output out;
    private boolean anyFailed;

    public PlaceVisits(Output out) {
        this.out = out;
    }

    /**
     * Does the same with each. What fails on one of several is told, and the others are gone on
     * with; see {@link #isAnyFailed}.
     */
    public void visitAll(List<DatabasePlace> places, Consumer<DatabasePlace> work) {
        for (var place : places) {
            try {
                work.accept(place);
            } catch (SkeinException e) {
                if (places.size() == 1 || e.code() != ErrorCode.FAILED) {
                    throw e;
                }
                anyFailed = true;
                out.error(e);
            }
        }
    }

    /** Whether one of several could not be worked on. */
    public boolean isAnyFailed() {
        return anyFailed;
    }
}
