// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert.project;

import dev.skein.agent.cli.convert.source.ForeignMigration;
import dev.skein.agent.cli.convert.source.ForeignSource;
import dev.skein.agent.cli.convert.source.ForeignTexts;
import dev.skein.agent.cli.convert.source.ImportNotes;
import dev.skein.agent.cli.convert.source.TransactionMode;
import dev.skein.engine.SkeinException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Sqitch: {@code sqitch.plan} with {@code deploy/} and {@code revert/}. A change that was reworked
 * stands in the plan again behind a tag; its older script is {@code name@tag.sql}. Psql runs the
 * scripts. The project's name becomes the label of the first change, since one registry may hold
 * many projects.
 */
final class SqitchProject {
    private static final Pattern SECTION =
            Pattern.compile("\\s*\\[\\s*(\\w+)(?:\\s+\"([^\"]*)\")?\\s*\\]\\s*");
    private static final Pattern SETTING = Pattern.compile("\\s*(\\w+)\\s*=\\s*(.*?)\\s*");
    private static final Pattern VARIABLE =
            Pattern.compile("(?<=[\\s(,=]):(?:'\\w+'|\"\\w+\"|[A-Za-z_]\\w*)(?![:=])");

    private final Path top;
    private final Map<String, String> settings;
    private final ImportNotes notes;
    private final Set<Path> used = new HashSet<>();

    private SqitchProject(Path project, Map<String, String> settings, ImportNotes notes) {
        this.settings = settings;
        this.notes = notes;
        this.top = project.resolve(settings.getOrDefault("top_dir", ".")).normalize();
    }

    static List<ForeignMigration> read(Path project, ImportNotes notes) {
        if (!Files.isDirectory(project)) {
            throw ForeignTexts.nothing(project, "sqitch.plan");
        }
        return new SqitchProject(project, settings(project, notes), notes).read(project);
    }

    private List<ForeignMigration> read(Path project) {
        var named = settings.get("plan_file");
        var file = named == null ? top.resolve("sqitch.plan") : project.resolve(named);
        if (!Files.isRegularFile(file)) {
            throw ForeignTexts.nothing(top, "sqitch.plan");
        }
        var plan = SqitchPlan.read(file);
        var found = plan.changes().stream().map(change -> migration(file, plan, change)).toList();
        if (found.isEmpty()) {
            throw SkeinException.usage(
                    file.toString(), "no change is in it", "Name another folder");
        }
        tellLeft();
        return found;
    }

    private void tellLeft() {
        if (Files.isDirectory(folder("verify"))) {
            notes.add(
                    "verify/: not taken over, since those scripts pass by not failing; write"
                            + " '--@ verify' sections that give true");
        }
        left("deploy");
        left("revert");
    }

    private ForeignMigration migration(Path file, SqitchPlan plan, SqitchPlan.Change change) {
        noteForeignNeeds(file, plan, change);
        return new ForeignMigration(
                change.id(),
                List.of(),
                List.of(),
                labels(plan, change),
                change.note().isEmpty() ? ForeignTexts.words(change.name()) : change.note(),
                change.at(),
                source(script("deploy", change)),
                revert(change),
                TransactionMode.BY_PSQL,
                null);
    }

    private void noteForeignNeeds(Path file, SqitchPlan plan, SqitchPlan.Change change) {
        for (var need : change.needs()) {
            if (need.contains(":") && !need.startsWith(plan.project() + ":")) {
                notes.add("it needs or bars " + need + " of another project", file, change.line());
            }
        }
    }

    /** The first change bears the project's name, where no other change has it. */
    private static List<String> labels(SqitchPlan plan, SqitchPlan.Change change) {
        var isFirst = change.equals(plan.changes().getFirst());
        var label = ForeignTexts.id(plan.project());
        var isFree =
                !label.isEmpty() && plan.changes().stream().noneMatch(c -> c.id().equals(label));
        return isFirst && isFree ? List.of(label) : List.of();
    }

    private @Nullable ForeignSource revert(SqitchPlan.Change change) {
        var script = script("revert", change);
        return Files.isRegularFile(script) ? source(script) : null;
    }

    private ForeignSource source(Path script) {
        used.add(script);
        var source = ForeignSource.of(script);
        var m = VARIABLE.matcher(source.text());
        if (m.find()) {
            notes.add(
                    "it may use a variable of psql (" + m.group() + "); write its value in",
                    script,
                    Math.max(1, (int) source.text().substring(0, m.start()).lines().count()));
        }
        return source;
    }

    /** The script of a change: under the first tag that has one, where it was reworked. */
    private Path script(String folder, SqitchPlan.Change change) {
        var extension = settings.getOrDefault("extension", "sql");
        var homes = new ArrayList<Path>();
        if (!change.tags().isEmpty() && settings.containsKey("reworked_dir")) {
            homes.add(top.resolve(settings.get("reworked_dir")).resolve(folder));
        }
        homes.add(folder(folder));
        var names = change.files(extension);
        for (var home : homes) {
            for (var name : names) {
                if (Files.isRegularFile(home.resolve(name))) {
                    return home.resolve(name);
                }
            }
        }
        return folder(folder).resolve(names.getFirst());
    }

    private Path folder(String which) {
        return top.resolve(settings.getOrDefault(which + "_dir", which));
    }

    private void left(String which) {
        if (Files.isDirectory(folder(which))) {
            var folder = ProjectFolder.of(folder(which), 32);
            folder.take(used::contains);
            folder.tell(notes, "not in the plan, left out");
        }
    }

    /** The settings of files and folders in sqitch.conf; engine pg's own before those of all. */
    private static Map<String, String> settings(Path project, ImportNotes notes) {
        var core = new HashMap<String, String>();
        var file = project.resolve("sqitch.conf");
        if (!Files.isRegularFile(file)) {
            return core;
        }
        var pg = new HashMap<String, String>();
        var section = "";
        int number = 0;
        for (var line : ForeignSource.of(file).text().lines().toList()) {
            number++;
            var head = SECTION.matcher(line);
            var m = SETTING.matcher(line);
            if (head.matches()) {
                section = head.group(1) + (head.group(2) == null ? "" : " " + head.group(2));
            } else if (m.matches() && section.equals("core")) {
                core.put(m.group(1), m.group(2));
            } else if (m.matches() && section.equals("engine pg")) {
                pg.put(m.group(1), m.group(2));
            } else if (m.matches() && section.endsWith("variables")) {
                notes.add("its variable " + m.group(1) + " is not heeded here", file, number);
            }
        }
        core.putAll(pg);
        if (core.containsKey("registry")) {
            notes.recordedIn(core.getOrDefault("registry", ""), "changes");
        }
        return core;
    }
}
