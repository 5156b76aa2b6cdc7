// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert.project;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What the tools written in Go fill in before they run a file: {@code {{…}}}.
 *
 * <p>Source: documentation of Go's package text/template, "Actions".
 */
final class GoTemplate {
    /** In any file: values of arrays, such as {@code '{{1,2},{3,4}}'}, look like it, too. */
    private static final Pattern ACTION =
            Pattern.compile("\\{\\{-?\\s*(?:[.$\"`]|/\\*|[a-zA-Z_]\\w*(?=[\\s(}]))[^{}\\n]*\\}\\}");

    /** In a file of tern, which takes every file for a template. */
    private static final Pattern TERNS = Pattern.compile("\\{\\{[^{}]*\\}\\}");

    private GoTemplate() {}

    /** What would be filled in, each with the line, from 1, where it stands first. */
    static Map<String, Integer> actions(String text) {
        var found = new LinkedHashMap<String, Integer>();
        var m = (MarkedFile.isTern(text) ? TERNS : ACTION).matcher(text);
        int from = 0;
        int line = 1;
        while (m.find()) {
            line += (int) text.substring(from, m.start()).chars().filter(c -> c == '\n').count();
            from = m.start();
            found.putIfAbsent(m.group().replaceAll("\\s+", " "), line);
        }
        return found;
    }
}
