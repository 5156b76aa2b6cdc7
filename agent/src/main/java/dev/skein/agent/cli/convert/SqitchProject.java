// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert;

import dev.skein.engine.SkeinException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Sqitch: {@code sqitch.plan} with {@code deploy/} and {@code revert/}. A change that was reworked
 * stands in the plan again behind a tag; its older script is {@code name@tag.sql}.
 */
final class SqitchProject {
    private static final Pattern CHANGE =
            Pattern.compile(
                    "(?<name>[^@%#\\s\\[]+)\\s+(?:\\[(?<needs>[^\\]]*)\\]\\s*)?"
                            + "(?<at>\\d{4}-\\d\\d-\\d\\dT[\\d:]+Z)\\s+[^#]*(?:#\\s*(?<note>.*))?");
    private static final Pattern TAG = Pattern.compile("@(\\S+)\\s.*");

    private SqitchProject() {}

    /** A change in the plan, and the tag behind which it is reworked. */
    private record Change(String name, Instant at, String note, @Nullable String tag, int number) {
        String file() {
            return tag == null ? name + ".sql" : name + "@" + tag + ".sql";
        }

        String id() {
            return idOf(name, number);
        }
    }

    /** The id of a change that stands in the plan for the n-th time. */
    static String idOf(String name, int number) {
        return Texts.id(name) + (number > 1 ? "_" + number : "");
    }

    static List<Foreign> read(Path project, Notes notes) {
        var plan = project.resolve("sqitch.plan");
        if (!Files.exists(plan)) {
            throw Texts.nothing(project, "sqitch.plan");
        }
        var found = new ArrayList<Foreign>();
        String parent = null;
        for (var change : changes(Texts.read(plan))) {
            var revert = project.resolve("revert").resolve(change.file());
            found.add(
                    new Foreign(
                            change.id(),
                            parent == null ? List.of() : List.of(parent),
                            List.of(),
                            List.of(),
                            change.note().isEmpty() ? Texts.words(change.name()) : change.note(),
                            change.at(),
                            Texts.read(project.resolve("deploy").resolve(change.file())),
                            Files.exists(revert) ? Texts.read(revert) : null,
                            true));
            parent = change.id();
        }
        if (Files.isDirectory(project.resolve("verify"))) {
            notes.add(
                    "verify/: not taken over, since those scripts pass by not failing; write"
                            + " '--@ verify' sections that give true");
        }
        return found;
    }

    private static List<Change> changes(String plan) {
        var changes = new ArrayList<Change>();
        var last = new HashMap<String, Integer>();
        var times = new HashMap<String, Integer>();
        var tags = new ArrayList<Map.Entry<Integer, String>>();
        for (var line : plan.split("\n")) {
            var tag = TAG.matcher(line.strip());
            var change = CHANGE.matcher(line.strip());
            if (tag.matches()) {
                tags.add(Map.entry(changes.size(), tag.group(1)));
            } else if (change.matches()) {
                var name = change.group("name");
                var earlier = last.put(name, changes.size());
                if (earlier != null) {
                    rework(changes, earlier, tags);
                }
                var note = change.group("note") == null ? "" : change.group("note").strip();
                int number = times.merge(name, 1, Integer::sum);
                var at = Instant.parse(change.group("at"));
                changes.add(new Change(name, at, note, null, number));
            } else if (!line.isBlank() && !line.startsWith("%") && !line.startsWith("#")) {
                throw SkeinException.usage(
                        "sqitch.plan", "this line is not understood: " + line, "Correct it");
            }
        }
        return changes;
    }

    /** The first tag behind a change names its script from when it is reworked on. */
    private static void rework(
            List<Change> changes, int index, List<Map.Entry<Integer, String>> tags) {
        for (var tag : tags) {
            if (tag.getKey() > index) {
                var c = changes.get(index);
                changes.set(
                        index, new Change(c.name(), c.at(), c.note(), tag.getValue(), c.number()));
                return;
            }
        }
    }
}
