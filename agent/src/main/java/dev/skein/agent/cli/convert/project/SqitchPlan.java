// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert.project;

import dev.skein.agent.cli.convert.source.ForeignTexts;
import dev.skein.engine.script.ScriptError;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A {@code sqitch.plan}: changes in the order they are deployed, and tags.
 *
 * <p>Source: the manual of Sqitch's plan files.
 *
 * @param project its name; empty where the plan does not say it
 */
public record SqitchPlan(String project, List<Change> changes) {
    private static final Pattern PROJECT = Pattern.compile("%\\s*project\\s*=\\s*(\\S+)\\s*");
    private static final Pattern CHANGE =
            Pattern.compile(
                    "\\+?\\s*(?<name>[^@%#\\s\\[+\\-][^@%#\\s\\[]*)\\s*(?:\\[(?<needs>[^\\]]*)\\]\\s*)?"
                        + "(?<at>\\d{4}-\\d\\d-\\d\\dT[\\d:]+Z)\\s+[^#]*(?:#\\s*(?<note>.*))?");
    private static final Pattern TAG = Pattern.compile("@([^\\s#]+)(?:\\s.*|#.*)?");

    public SqitchPlan {
        changes = List.copyOf(changes);
    }

    /**
     * A change.
     *
     * @param line of the plan
     * @param needs other changes, as written; with {@code !} before one that it conflicts with
     * @param tags between it and the place where it stands in the plan again; empty where it does
     *     not
     * @param number how often the name stood in the plan by then, from 1
     */
    record Change(
            int line,
            String name,
            Instant at,
            String note,
            List<String> needs,
            List<String> tags,
            int number) {
        Change {
            needs = List.copyOf(needs);
            tags = List.copyOf(tags);
        }

        Change withTags(List<String> between) {
            return new Change(line, name, at, note, needs, between, number);
        }

        /** Where its script may be: the first tag that has one names it, behind a rework. */
        List<String> files(String extension) {
            return tags.isEmpty()
                    ? List.of(name + "." + extension)
                    : tags.stream().map(tag -> name + "@" + tag + "." + extension).toList();
        }

        String id() {
            return idOf(name, number);
        }
    }

    /** The id of a change that stands in the plan for the n-th time. */
    public static String idOf(String name, int number) {
        return ForeignTexts.id(name) + (number > 1 ? "_" + number : "");
    }

    static SqitchPlan read(Path file) {
        return new Reader(file).read(ForeignTexts.read(file));
    }

    /** A plan while it is read. */
    private static final class Reader {
        private final Path file;
        private final List<Change> changes = new ArrayList<>();
        private final HashMap<String, Integer> last = new HashMap<>();

        /** The tags in their order, each with the number of changes before it. */
        private final List<String> tags = new ArrayList<>();

        private final List<Integer> behind = new ArrayList<>();
        private String project = "";

        Reader(Path file) {
            this.file = file;
        }

        SqitchPlan read(String text) {
            int number = 0;
            for (var line : text.split("\n")) {
                number++;
                var plain = line.strip();
                var tag = TAG.matcher(plain);
                var pragma = PROJECT.matcher(plain);
                if (pragma.matches()) {
                    project = pragma.group(1);
                } else if (tag.matches()) {
                    tags.add(tag.group(1));
                    behind.add(changes.size());
                } else if (!plain.isEmpty() && !plain.startsWith("%") && !plain.startsWith("#")) {
                    change(number, plain);
                }
            }
            return new SqitchPlan(project, changes);
        }

        private void change(int number, String line) {
            var m = CHANGE.matcher(line);
            if (!m.matches()) {
                throw new ScriptError(
                        file.toString(), number, "'" + line + "' is not understood", "Correct it");
            }
            var name = m.group("name");
            var earlier = last.put(name, changes.size());
            if (earlier != null) {
                reworked(number, earlier);
            }
            var needs = m.group("needs") == null ? "" : m.group("needs").strip();
            changes.add(
                    new Change(
                            number,
                            name,
                            at(number, m.group("at")),
                            m.group("note") == null ? "" : m.group("note").strip(),
                            Arrays.stream(needs.split("\\s+")).filter(n -> !n.isEmpty()).toList(),
                            List.of(),
                            earlier == null ? 1 : changes.get(earlier).number() + 1));
        }

        private void reworked(int line, int earlier) {
            var between = new ArrayList<String>();
            for (int i = 0; i < tags.size(); i++) {
                if (behind.get(i) > earlier) {
                    between.add(tags.get(i));
                }
            }
            if (between.isEmpty()) {
                throw new ScriptError(
                        file.toString(),
                        line,
                        "the change '" + changes.get(earlier).name() + "' stands there twice",
                        "A change is reworked behind a tag");
            }
            changes.set(earlier, changes.get(earlier).withTags(between));
        }

        private Instant at(int line, String text) {
            try {
                return Instant.parse(text);
            } catch (DateTimeParseException e) {
                throw new ScriptError(
                        file.toString(), line, "'" + text + "' is no time", "Correct it");
            }
        }
    }
}
