// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.bundle;

import dev.skein.engine.SkeinException;
import dev.skein.engine.script.Script;
import org.jspecify.annotations.Nullable;

/**
 * What a revision may call itself where it goes to others: their databases, logs and terminals take
 * no control characters, and no name of any length. What was given away before stays readable.
 */
final class BundleTexts {
    /** Of a file or a revision, in characters. */
    static final int LONGEST_NAME = 255;

    /** Of a message or a reason. */
    static final int LONGEST = 4_000;

    private final String file;

    private BundleTexts(String file) {
        this.file = file;
    }

    /**
     * Refuses a revision that names something so.
     *
     * @throws SkeinException naming the file and what is wrong with it
     */
    static void check(Script script) {
        var texts = new BundleTexts(shown(script.file()));
        texts.name("the name of a file", script.file());
        var revision = script.revision();
        texts.name("the revision's id", revision.id());
        revision.requires().forEach(id -> texts.name("the id of one before it", id));
        revision.labels().forEach(label -> texts.name("a label", label));
        texts.line("the message", revision.message());
        texts.line("why there is no way back", script.irreversible());
        script.allowed()
                .forEach((rule, reason) -> {
                    texts.name("a rule that is allowed", rule);
                    texts.line("why " + rule + " is allowed", reason);
                });
        texts.whole("its upgrade", script.upgrade().sql());
        texts.whole("its downgrade", script.downgrade().sql());
    }

    private void name(String what, String text) {
        check(what, text, LONGEST_NAME);
    }

    private void line(String what, @Nullable String text) {
        if (text != null) {
            check(what, text, LONGEST);
        }
    }

    private void check(String what, String text, int longest) {
        if (text.length() > longest) {
            throw SkeinException.usage(
                    file,
                    "%s has %d characters".formatted(what, text.length()),
                    "Write at most " + longest);
        }
        text.codePoints()
                .filter(c -> (Character.isISOControl(c) && c != '\t') || isHalf(c))
                .findFirst()
                .ifPresent(c -> refuse(what, c));
    }

    private void whole(String what, String text) {
        text.codePoints().filter(BundleTexts::isHalf).findFirst().ifPresent(c -> refuse(what, c));
    }

    private void refuse(String what, int c) {
        throw SkeinException.usage(
                file,
                "%s holds U+%04X, which is no text".formatted(what, c),
                "Write it without control characters");
    }

    private static boolean isHalf(int c) {
        return Character.getType(c) == Character.SURROGATE;
    }

    /** As much of a file's name as can be shown. */
    private static String shown(String name) {
        var shown = new StringBuilder();
        name.codePoints()
                .limit(LONGEST_NAME)
                .map(c -> Character.isISOControl(c) || isHalf(c) ? '?' : c)
                .forEach(shown::appendCodePoint);
        return shown.toString();
    }
}
