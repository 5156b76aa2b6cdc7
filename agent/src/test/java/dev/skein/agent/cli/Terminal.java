// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli;

import dev.skein.agent.cli.common.Output;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Runs commands as a user does, and keeps what they print. */
public final class Terminal {
    public String stdout = "";
    public String stderr = "";

    public int skein(String... args) {
        var results = new ByteArrayOutputStream();
        var talk = new ByteArrayOutputStream();
        int code =
                Skein.run(
                        Output.plain(
                                new PrintStream(results, true, StandardCharsets.UTF_8),
                                new PrintStream(talk, true, StandardCharsets.UTF_8)),
                        args);
        stdout = results.toString(StandardCharsets.UTF_8).strip();
        stderr = talk.toString(StandardCharsets.UTF_8).strip();
        return code;
    }
}
