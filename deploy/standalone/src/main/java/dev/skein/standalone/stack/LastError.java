// SPDX-License-Identifier: Apache-2.0
package dev.skein.standalone.stack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.engine.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds what a program said last about why it ended. */
final class LastError {
    private static final int LINES = 100;

    private LastError() {}

    static String in(Path log) {
        try {
            var all = Files.readAllLines(log);
            var found = "no word from it";
            for (var line : all.subList(Math.max(0, all.size() - LINES), all.size())) {
                found = line.startsWith("{") ? error(line, found) : found;
            }
            return found;
        } catch (IOException e) {
            return "no log was written";
        }
    }

    private static String error(String line, String before) {
        var json = Json.read(line, JsonNode.class);
        var message = json.path("message").asText();
        var isCause =
                json.path("level").asText().equals("ERROR")
                        && !message.equals("Failed to start application");
        return isCause ? message : before;
    }
}
