// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.trial;

import dev.skein.engine.SkeinException;
import dev.skein.engine.lint.RuleText;
import dev.skein.engine.lint.RuleText.Example;
import dev.skein.engine.revision.SimilarWords;
import java.util.stream.Collectors;

/** What a rule's text says, for a terminal, and for what shows Markdown. */
final class RuleExplanation {
    private static final String ALONE = "in a revision with --@ transaction: none";

    private final RuleText text;

    RuleExplanation(RuleText text) {
        this.text = text;
    }

    /**
     * That of a rule.
     *
     * @throws SkeinException if there is no such rule
     */
    static RuleText of(String idOrName) {
        return RuleText.of(idOrName)
                .orElseThrow(() ->
                        SkeinException.usage(
                                "--explain " + idOrName,
                                "there is no such rule"
                                        + SimilarWords.to(idOrName, RuleText.words()),
                                "Name one by its id or its name: SK103, or"
                                        + " concurrent-in-transaction"));
    }

    /** Lines for people. */
    String plain() {
        return """
        %s %s, %s

        What: %s.
        Why: %s
        Instead: %s
        %s%s%s\
        """
                .formatted(
                        text.id(),
                        text.name(),
                        text.level().words(),
                        text.what(),
                        text.why(),
                        text.instead(),
                        text.given().isEmpty() ? "" : "\nGiven:\n" + indented(text.given()),
                        "\nBad" + alone(text.bad()) + ":\n" + indented(text.bad().sql()),
                        "\nGood" + alone(text.good()) + ":\n" + indented(text.good().sql()));
    }

    /** What it finds and why, as a paragraph. */
    String summary() {
        return sentence(text.what()) + ". " + text.why();
    }

    /** A section of a page, or the help of a rule. */
    String markdown() {
        return """
        %s.

        *Why:* %s

        *Instead:* %s

        %s%s%s\
        """
                .formatted(
                        sentence(text.what()),
                        text.why(),
                        text.instead(),
                        text.given().isEmpty() ? "" : code("Given", text.given()),
                        code("Bad" + alone(text.bad()), text.bad().sql()),
                        code("Good" + alone(text.good()), text.good().sql()));
    }

    private static String sentence(String what) {
        return Character.toUpperCase(what.charAt(0)) + what.substring(1);
    }

    private static String alone(Example example) {
        return example.alone() ? ", " + ALONE : "";
    }

    private static String code(String title, String sql) {
        return title + ":\n\n```sql\n" + sql + "\n```\n\n";
    }

    private static String indented(String sql) {
        return sql.lines().map(line -> "    " + line + "\n").collect(Collectors.joining());
    }
}
