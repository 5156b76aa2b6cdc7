// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.common;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Small pieces of what is said. */
public final class CliWords {
    private CliWords() {}

    /** A number of things whose plural ends in s. */
    public static String counted(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /** Heads as a database's place; one without any is at its base. */
    public static String heads(List<String> heads) {
        return heads.isEmpty() ? "base" : String.join(", ", heads);
    }

    /** A command line as a shell takes it: what is not plain is quoted. */
    public static String command(String... words) {
        return Arrays.stream(words).map(CliWords::quoted).collect(Collectors.joining(" "));
    }

    /** A word as a shell takes it (POSIX, Shell Command Language, 2.2). */
    public static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./:=@%+,…-]+")
                ? word
                : "'" + word.replace("'", "'\\''") + "'";
    }
}
