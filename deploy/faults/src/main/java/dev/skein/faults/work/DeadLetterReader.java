// SPDX-License-Identifier: Apache-2.0
package dev.skein.faults.work;

import java.util.List;
import java.util.Map;

/** Whoever looks through the dead letters and drops what was never anything. */
public final class DeadLetterReader {
    private static final List<String> DOORS =
            List.of("/api/dead-letters", "/api/audit/dead-letters");

    private final StackOperators desk;

    public DeadLetterReader(StackOperators desk) {
        this.desk = desk;
    }

    /**
     * Drops all that wait.
     *
     * @param key how the keys of what may be dropped begin
     */
    public void drop(String key) throws InterruptedException {
        for (var door : DOORS) {
            for (var letter : desk.get(StackOperators.OPERATOR, door)) {
                if (letter.path("key").asText().startsWith(key)) {
                    desk.post(
                            StackOperators.OPERATOR,
                            door + "/" + letter.path("id").asLong() + "/drop",
                            Map.of());
                }
            }
        }
    }
}
