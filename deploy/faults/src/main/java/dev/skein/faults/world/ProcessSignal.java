// SPDX-License-Identifier: Apache-2.0
package dev.skein.faults.world;

import java.io.IOException;
import java.io.UncheckedIOException;

/** A signal to one process, by its id. */
final class ProcessSignal {
    private ProcessSignal() {}

    /**
     * Sends it.
     *
     * @param signal its name, for example {@code STOP}
     */
    static void send(String signal, Process process) {
        try {
            new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
