// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.scratch;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Runs short programs to their end. */
final class Programs {
    private Programs() {}

    /** What a program prints, with its errors; empty if it cannot be started. */
    static String output(List<String> command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return text;
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            throw interrupted(command, e);
        }
    }

    /** Runs a program that must succeed. */
    static void run(List<String> command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw SkeinException.failed(
                        "Program " + command.getFirst(), "it failed: " + text.strip(), "");
            }
        } catch (IOException e) {
            throw new SkeinException(
                    ErrorCode.FAILED,
                    "Program " + command.getFirst(),
                    "it cannot be started (" + e.getMessage() + ")",
                    "",
                    e);
        } catch (InterruptedException e) {
            throw interrupted(command, e);
        }
    }

    /** What a program that is silent otherwise complains of; empty where it ends well. */
    static String complaints(List<String> command, Map<String, String> environment) {
        try {
            var builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().putAll(environment);
            var process = builder.start();
            process.getOutputStream().close();
            var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0
                    ? ""
                    : text.isBlank() ? command.getFirst() + " failed" : text.strip();
        } catch (IOException e) {
            return command.getFirst() + " cannot be started (" + e.getMessage() + ")";
        } catch (InterruptedException e) {
            throw interrupted(command, e);
        }
    }

    private static SkeinException interrupted(List<String> command, InterruptedException e) {
        Thread.currentThread().interrupt();
        return new SkeinException(
                ErrorCode.INTERRUPTED, "Program " + command.getFirst(), "interrupted", "", e);
    }
}
