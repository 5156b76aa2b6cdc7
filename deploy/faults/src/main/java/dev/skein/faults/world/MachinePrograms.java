// SPDX-License-Identifier: Apache-2.0
package dev.skein.faults.world;

import java.io.IOException;

/** Other programs of this machine, of which only matters whether they did what they were to do. */
final class MachinePrograms {
    private MachinePrograms() {}

    /** Whether one ended well; one that is not there did not. */
    static boolean run(String... words) {
        try {
            return new ProcessBuilder(words)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false; // no such program
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
