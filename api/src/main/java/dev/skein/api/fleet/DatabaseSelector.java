// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.fleet;

import dev.skein.engine.Glob;
import dev.skein.engine.SkeinException;
import dev.skein.engine.revision.SimilarWords;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Chooses databases: conditions joined by {@code and}, each {@code key = value}, {@code key !=
 * value}, {@code key in (a, b)} or {@code key not in (a, b)}. A value may contain {@code *} for any
 * text. Keys are {@code name, site, server, uid} and labels. The empty text chooses all.
 */
public final class DatabaseSelector {
    private static final Pattern CONDITION =
            Pattern.compile(
                    "\\s*([\\w.-]+)\\s*(=|!=|\\bnot\\s+in\\b|\\bin\\b)\\s*(\\([^()]*\\)|[\\w.*@/-]+)\\s*");

    /** So many keys are named. */
    private static final int MOST = 30;

    private static final Pattern AND = Pattern.compile("\\s+and\\s+");

    private final String text;
    private final List<SelectorCondition> conditions;

    private DatabaseSelector(String text, List<SelectorCondition> conditions) {
        this.text = text;
        this.conditions = conditions;
    }

    /**
     * Reads a selector.
     *
     * @throws SkeinException naming the condition that cannot be read
     */
    public static DatabaseSelector parse(String text) {
        var conditions = new ArrayList<SelectorCondition>();
        if (!text.isBlank()) {
            for (var part : AND.split(text)) {
                conditions.add(condition(part));
            }
        }
        return new DatabaseSelector(text.strip(), conditions);
    }

    private static SelectorCondition condition(String text) {
        var m = CONDITION.matcher(text);
        if (!m.matches()) {
            throw SkeinException.usage(
                    "Selector",
                    "'" + text.strip() + "' is no condition",
                    "Write for example: tier in (free, pro) and region != us-gov");
        }
        var values =
                Arrays.stream(m.group(3).replaceAll("[()]", "").split(","))
                        .map(String::strip)
                        .filter(value -> !value.isEmpty())
                        .map(Glob::of)
                        .toList();
        var wanted = m.group(2).equals("=") || m.group(2).equals("in");
        return new SelectorCondition(m.group(1), wanted, values);
    }

    /**
     * Refuses a key that no database has: misspelt, {@code !=} would choose all of them.
     *
     * @param labels those that any database has
     * @throws SkeinException naming those that there are
     */
    public void refuseUnknownLabels(Collection<String> labels) {
        var known = new TreeSet<>(FleetDatabase.ATTRIBUTES);
        known.addAll(labels);
        for (var condition : conditions) {
            if (!known.contains(condition.key())) {
                throw SkeinException.usage(
                        "Selector '" + text + "'",
                        "no database has the label '" + condition.key() + "'",
                        "Known are: "
                                + known.stream().limit(MOST).collect(Collectors.joining(", "))
                                + (known.size() > MOST ? ", …" : "")
                                + SimilarWords.to(condition.key(), known));
            }
        }
    }

    /** The labels that it names. */
    public List<String> labels() {
        return conditions.stream()
                .filter(SelectorCondition::isOfLabel)
                .map(SelectorCondition::key)
                .distinct()
                .toList();
    }

    /** Has a filter of rows of {@code fleet_database} choose the same. */
    public void addTo(SqlFilter filter) {
        conditions.forEach(condition -> condition.addTo(filter));
    }

    public boolean selects(FleetDatabase database) {
        return conditions.stream().allMatch(condition -> condition.holds(database));
    }

    @Override
    public String toString() {
        return text;
    }
}
