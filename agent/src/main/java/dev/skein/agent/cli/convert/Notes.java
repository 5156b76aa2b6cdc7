// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert;

import java.util.ArrayList;
import java.util.List;

/** What a person must know about a project that was taken over. */
final class Notes {
    private final List<String> lines = new ArrayList<>();

    void add(String line) {
        lines.add(line);
    }

    List<String> lines() {
        return lines;
    }
}
