// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.script.text;

import dev.skein.engine.revision.EditDistance;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The names of directives, and what was meant by one that is not among them. */
public final class DirectiveNames {
    /** Those of a header. */
    public static final List<String> HEADER =
            List.of(
                    "revision",
                    "revises",
                    "message",
                    "created",
                    "author",
                    "label",
                    "depends-on",
                    "transaction",
                    "batch",
                    "allow",
                    "lock-timeout",
                    "statement-timeout");

    /** Those that begin a section. */
    public static final List<String> SECTIONS =
            List.of("precheck", "upgrade", "verify", "downgrade");

    /** How many edits a slip is, at most. */
    private static final int SLIP = 2;

    private DirectiveNames() {}

    /** All that may stand where no section has begun. */
    public static List<String> atTheTop() {
        return Stream.concat(HEADER.stream(), SECTIONS.stream()).toList();
    }

    /** The name that was meant, in words; nothing where none is near. */
    public static String suggestion(String word, List<String> names) {
        return names.stream()
                .filter(name -> isNear(word, name, SLIP))
                .min(Comparator.comparingInt(name -> EditDistance.between(word, name)))
                .map(name -> " (did you mean '" + name + "'?)")
                .orElse("");
    }

    /** The first of some names that a word in a comment looks like. */
    public static Optional<String> meant(String word, List<String> names) {
        return names.stream()
                .filter(name -> isNear(word, name, Math.min(SLIP, name.length() / 3)))
                .findFirst();
    }

    /** Whether a word is at most so many edits from a name. */
    private static boolean isNear(String word, String name, int edits) {
        return Math.abs(word.length() - name.length()) <= edits
                && EditDistance.between(word, name) <= edits;
    }
}
