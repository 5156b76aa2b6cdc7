// SPDX-License-Identifier: Apache-2.0
package dev.skein.faults.work;

import java.util.List;
import java.util.Map;

/** Whoever looks through the dead letters and drops what was never anything. */
public final class Letters {
    private static final List<String> DOORS =
            List.of("/api/dead-letters", "/api/audit/dead-letters");

    private final Desk desk;

    public Letters(Desk desk) {
        this.desk = desk;
    }

    /**
     * Drops all that wait.
     *
     * @param key how the keys of what may be dropped begin
     */
    public void drop(String key) throws InterruptedException {
        for (var door : DOORS) {
            for (var letter : desk.get(Desk.OPERATOR, door)) {
                if (letter.path("key").asText().startsWith(key)) {
                    desk.post(
                            Desk.OPERATOR,
                            door + "/" + letter.path("id").asLong() + "/drop",
                            Map.of());
                }
            }
        }
    }
}
