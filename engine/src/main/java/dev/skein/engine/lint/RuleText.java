// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint;

import dev.skein.engine.ClassResources;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What there is to say about a rule. Texts are kept by family, in files that are SQL but for
 * comments which part them:
 *
 * <pre>
 * -- SK103 concurrent-in-transaction, error
 * -- what: …
 * --   and a line that goes on
 * -- why: …
 * -- instead: …
 * -- given
 * CREATE TABLE …
 * -- bad
 * …
 * -- good, alone
 * …
 * </pre>
 *
 * @param what it finds
 * @param why that hurts
 * @param instead what to do
 * @param given what an older revision has made; empty where the examples are whole files
 * @param bad what it finds
 * @param good what it does not find
 */
public record RuleText(
        String id,
        String name,
        LintLevel level,
        String what,
        String why,
        String instead,
        String given,
        Example bad,
        Example good) {
    /**
     * Statements of an upgrade, or whole files.
     *
     * @param alone whether they stand in a revision without a transaction
     */
    public record Example(boolean alone, String sql) {
        /** Whether these are files rather than statements of one. */
        public boolean wholeFiles() {
            return sql.startsWith("--@ ");
        }

        private static Example of(Map<String, String> parts, String kind) {
            var alone = parts.get(kind + ", alone");
            return alone == null
                    ? new Example(false, parts.getOrDefault(kind, ""))
                    : new Example(true, alone);
        }
    }

    private static final List<String> FAMILIES =
            List.of(
                    "locks",
                    "transactions",
                    "loss",
                    "data",
                    "callers",
                    "rows",
                    "design",
                    "revisions");
    private static final Pattern RULE = Pattern.compile("(?m)^-- (?=SK\\d)");
    private static final Pattern PART =
            Pattern.compile("(?m)^-- (?=(what|why|instead):|given$|(bad|good)(, alone)?$)");
    private static final Pattern GOES_ON = Pattern.compile("\\n--\\s+");

    /** Those of every rule, in the order of their ids. */
    public static List<RuleText> ofEveryRule() {
        return FAMILIES.stream()
                .map(family -> ClassResources.text(RuleText.class, "texts/" + family + ".sql"))
                .flatMap(RULE::splitAsStream)
                .filter(block -> !block.isBlank())
                .map(RuleText::parse)
                .sorted(Comparator.comparing(RuleText::id))
                .toList();
    }

    /** That of the rule with an id or a name. */
    public static Optional<RuleText> of(String idOrName) {
        return ofEveryRule().stream().filter(text -> text.isCalled(idOrName)).findFirst();
    }

    /** The ids and the names of all rules. */
    public static List<String> words() {
        return ofEveryRule().stream().flatMap(text -> Stream.of(text.id, text.name)).toList();
    }

    private boolean isCalled(String idOrName) {
        return id.equalsIgnoreCase(idOrName) || name.equalsIgnoreCase(idOrName);
    }

    private static RuleText parse(String block) {
        var blocks = PART.split(block);
        var head = blocks[0].strip().split("[ ,]+");
        var parts = new HashMap<String, String>();
        for (int i = 1; i < blocks.length; i++) {
            var ends = blocks[i].split("[:\\n]", 2);
            parts.put(ends[0], ends[1].strip());
        }
        return new RuleText(
                head[0],
                head[1],
                LintLevel.valueOf(head[2].toUpperCase(Locale.ROOT)),
                prose(parts, "what"),
                prose(parts, "why"),
                prose(parts, "instead"),
                parts.getOrDefault("given", ""),
                Example.of(parts, "bad"),
                Example.of(parts, "good"));
    }

    private static String prose(Map<String, String> parts, String part) {
        var text = Objects.requireNonNullElse(parts.get(part), "");
        return GOES_ON.matcher(text).replaceAll(" ");
    }
}
