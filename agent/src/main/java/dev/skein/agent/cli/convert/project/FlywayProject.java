// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert.project;

import dev.skein.agent.cli.convert.source.ForeignMigration;
import dev.skein.agent.cli.convert.source.ForeignSource;
import dev.skein.agent.cli.convert.source.ForeignTexts;
import dev.skein.agent.cli.convert.source.ImportNotes;
import dev.skein.agent.cli.convert.source.TransactionMode;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Flyway: {@code V1_2__words.sql}, {@code U1_2__words.sql}, {@code B1_2__words.sql}, {@code
 * R__words.sql} in a folder and those in it. Versions by their numbers, part by part; then what is
 * repeatable, by its description. A baseline stands for the versions up to it, so the first one
 * begins where none of these are there, and any other one is left out.
 */
public final class FlywayProject {
    private static final int DEPTH = 64;
    private static final Pattern ALONE =
            Pattern.compile("(?mi)^\\s*executeInTransaction\\s*=\\s*false\\b");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[^}\\n]*\\}");
    private static final Pattern CALLBACK =
            Pattern.compile("(?:before|after|create)[A-Z]\\w*?(?:__.*)?\\.sql");

    private final ProjectFolder folder;
    private final FlywaySettings settings;
    private final ImportNotes notes;
    private final TreeMap<String, ForeignMigration> versions =
            new TreeMap<>(FlywayProject::compare);
    private final TreeMap<String, ForeignMigration> repeatable = new TreeMap<>();
    private final TreeMap<String, Path> baselines = new TreeMap<>(FlywayProject::compare);
    private final TreeMap<String, Path> undo = new TreeMap<>(FlywayProject::compare);

    private FlywayProject(Path root, ImportNotes notes) {
        this.folder = ProjectFolder.of(root, DEPTH);
        this.notes = notes;
        this.settings = FlywaySettings.near(root, notes);
    }

    /** The version as Flyway records it. */
    public static String version(String text) {
        return text.replace('_', '.').replaceAll("^0+(?=\\d)", "");
    }

    static List<ForeignMigration> read(Path root, ImportNotes notes) {
        return new FlywayProject(root, notes).read();
    }

    private List<ForeignMigration> read() {
        takeUndoAndBaselines();
        folder.take(settings.versioned()).forEach(this::versioned);
        folder.take(settings.repeatable()).forEach(this::repeatable);
        begin();
        tellLeft();
        var found = new ArrayList<>(versions.values());
        found.addAll(repeatable.values());
        if (found.isEmpty()) {
            throw ForeignTexts.nothing(folder.root(), settings.example());
        }
        return found;
    }

    private void takeUndoAndBaselines() {
        for (var file : folder.take(settings.undo())) {
            once(undo.put(version(group(settings.undo(), file, 1)), file), file);
        }
        for (var file : folder.take(settings.baseline())) {
            once(baselines.put(version(group(settings.baseline(), file, 1)), file), file);
        }
    }

    private void tellLeft() {
        undo.values().forEach(file -> notes.add("nothing that it would undo is there", file));
        folder.take(CALLBACK)
                .forEach(f -> notes.add("a callback runs at each migrate, left out", f));
        folder.take(f -> f.startsWith(folder.root()) && FlywaySettings.isOne(f));
        folder.tell(notes);
    }

    private void versioned(Path file) {
        var version = version(group(settings.versioned(), file, 1));
        var other = versions.get(version);
        if (other != null && isCompiled(other.up().file(), file)) {
            return;
        }
        once(other == null ? null : other.up().file(), file);
        var back = undo.remove(version);
        versions.put(version, migration(version, group(settings.versioned(), file, 2), file, back));
    }

    private void repeatable(Path file) {
        var words = group(settings.repeatable(), file, 1);
        var key = words.replace('_', ' ');
        var other = repeatable.get(key);
        if (other != null && isCompiled(other.up().file(), file)) {
            return;
        }
        once(other == null ? null : other.up().file(), file);
        notes.add("runs once here; later changes to it need a revision of their own", file);
        repeatable.put(key, migration(ForeignTexts.id("R_" + words), words, file, null));
    }

    /** The same class as source and as compiled. */
    private static boolean isCompiled(Path one, Path other) {
        return !FlywaySettings.isSql(one)
                && !FlywaySettings.isSql(other)
                && stem(one).equals(stem(other));
    }

    private static String stem(Path file) {
        return ProjectFolder.name(file).replaceFirst("\\.\\w+$", "");
    }

    private ForeignMigration migration(String id, String words, Path file, @Nullable Path back) {
        if (!FlywaySettings.isSql(file)) {
            return program(id, words, file);
        }
        var settingsOf = file.resolveSibling(file.getFileName() + ".conf");
        var alone = folder.take(settingsOf) && ALONE.matcher(ForeignTexts.read(settingsOf)).find();
        return ForeignMigration.single(
                id,
                ForeignTexts.words(words),
                source(file),
                back == null ? null : source(back),
                alone ? TransactionMode.ALONE : TransactionMode.WRAPPED);
    }

    private static ForeignMigration program(String id, String words, Path file) {
        var isClass = ProjectFolder.name(file).endsWith(".class");
        return ForeignMigration.program(
                id,
                ForeignTexts.words(words),
                new ForeignSource(file, 1, isClass ? "" : ForeignSource.of(file).text()),
                "it is a program, and its SQL is known to Flyway alone");
    }

    private ForeignSource source(Path file) {
        var source = ForeignSource.of(file);
        var m = PLACEHOLDER.matcher(source.text());
        while (m.find()) {
            int line = 1 + (int) source.text().substring(0, m.start()).lines().count() - 1;
            notes.add(
                    "the placeholder " + m.group() + " stands there as it is; write its value in",
                    file,
                    Math.max(1, line));
        }
        return source;
    }

    /** The first baseline begins, where nothing stands for it. */
    private void begin() {
        var first = baselines.firstEntry();
        if (first != null && versions.headMap(first.getKey(), true).isEmpty()) {
            baselines.remove(first.getKey());
            var words = group(settings.baseline(), first.getValue(), 2);
            versions.put(first.getKey(), migration(first.getKey(), words, first.getValue(), null));
        }
        for (var file : baselines.values()) {
            notes.add("a baseline is the sum of the versions up to it, left out", file);
        }
    }

    private static String group(Pattern pattern, Path file, int group) {
        Matcher m = pattern.matcher(ProjectFolder.name(file));
        return m.matches() && m.group(group) != null ? m.group(group) : "";
    }

    private static void once(@Nullable Path other, Path file) {
        if (other != null) {
            throw ForeignTexts.twice(file, other);
        }
    }

    /** By number, part by part: 1.9 stands before 1.10, and 1 is 1.0. */
    public static int compare(String a, String b) {
        var x = a.split("\\.");
        var y = b.split("\\.");
        for (int i = 0; i < Math.max(x.length, y.length); i++) {
            var left = new BigInteger(i < x.length ? x[i] : "0");
            var right = new BigInteger(i < y.length ? y[i] : "0");
            if (!left.equals(right)) {
                return left.compareTo(right);
            }
        }
        return 0;
    }
}
