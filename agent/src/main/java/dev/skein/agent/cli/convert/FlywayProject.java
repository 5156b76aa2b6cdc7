// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert;

import dev.skein.engine.SkeinException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Flyway: {@code V1_2__words.sql}, {@code U1_2__words.sql}, {@code R__words.sql}. */
final class FlywayProject {
    private static final Pattern NAME =
            Pattern.compile("([VUB])([0-9]+(?:[._][0-9]+)*)__(.*)\\.sql");
    private static final Pattern REPEATABLE = Pattern.compile("R__(.*)\\.sql");

    private FlywayProject() {}

    /** The version as Flyway records it. */
    static String version(String text) {
        return text.replace('_', '.').replaceAll("^0+(?=\\d)", "");
    }

    static List<Foreign> read(Path folder, Notes notes) {
        var ups = new TreeMap<String, Path>(FlywayProject::compare);
        var downs = new HashMap<String, Path>();
        var repeatable = new ArrayList<Path>();
        for (var file : Texts.files(folder, "[VUBR].*\\.sql")) {
            sort(file, ups, downs, repeatable, notes);
        }
        Texts.files(folder, "[VR].*__.*\\.(java|class|kt)")
                .forEach(f -> notes.add(f + ": a migration in code is not taken over"));
        if (ups.isEmpty()) {
            throw Texts.nothing(folder, "V1__words.sql");
        }
        var found = new ArrayList<Foreign>();
        String parent = null;
        for (var up : ups.entrySet()) {
            parent = add(found, parent, up.getKey(), up.getValue(), downs, notes);
        }
        for (var file : repeatable) {
            notes.add(file + ": runs once here; later changes to it need a revision of their own");
            var m = REPEATABLE.matcher(String.valueOf(file.getFileName()));
            var words = m.matches() ? m.group(1) : "";
            var id = Texts.id("R_" + words);
            found.add(Foreign.after(parent, id, Texts.words(words), text(file, notes), null, true));
            parent = id;
        }
        return found;
    }

    private static void sort(
            Path file,
            Map<String, Path> ups,
            Map<String, Path> downs,
            List<Path> repeatable,
            Notes notes) {
        var name = String.valueOf(file.getFileName());
        var m = NAME.matcher(name);
        if (REPEATABLE.matcher(name).matches()) {
            repeatable.add(file);
        } else if (!m.matches()) {
            notes.add(file + ": not a migration's name, left out");
        } else if (m.group(1).equals("B")) {
            notes.add(file + ": a baseline is the sum of the versions below it, left out");
        } else if (m.group(1).equals("V")) {
            once(ups.put(version(m.group(2)), file), file);
        } else {
            once(downs.put(version(m.group(2)), file), file);
        }
    }

    private static void once(@Nullable Path other, Path file) {
        if (other != null) {
            throw SkeinException.usage(
                    file.toString(),
                    "it has the same version as " + other,
                    "Name the folder that belongs to PostgreSQL alone");
        }
    }

    private static String add(
            List<Foreign> found,
            @Nullable String parent,
            String version,
            Path file,
            Map<String, Path> downs,
            Notes notes) {
        var m = NAME.matcher(String.valueOf(file.getFileName()));
        var words = m.matches() ? Texts.words(m.group(3)) : "";
        var undo = downs.get(version);
        var conf = file.resolveSibling(file.getFileName() + ".conf");
        var alone = Files.exists(conf) && Texts.read(conf).contains("executeInTransaction=false");
        found.add(
                Foreign.after(
                        parent,
                        version,
                        words,
                        text(file, notes),
                        undo == null ? null : text(undo, notes),
                        !alone));
        return version;
    }

    private static String text(Path file, Notes notes) {
        var text = Texts.read(file);
        if (text.contains("${")) {
            notes.add(file + ": it has a placeholder ${…}; write its value in");
        }
        return text;
    }

    /** By number, part by part: 1.9 stands before 1.10. */
    static int compare(String a, String b) {
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
