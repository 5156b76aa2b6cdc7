// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.project;

import dev.skein.engine.FileTrouble;
import dev.skein.engine.SkeinException;
import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.postgres.DatabaseAddress;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code skein.yaml}: where the revisions are, and the databases by name.
 *
 * @param file the file itself
 * @param revisions the folder, as an absolute path
 * @param desired where the desired schema is, as an absolute path
 * @param entities the JPA entities that are, or add to, the desired schema
 * @param postgres the major version of scratch servers
 * @param scratch a server for scratch databases, instead of one that is started
 * @param levels of lint rules by id, where they are not as usual
 * @param off lint rules that are not asked
 * @param defaultDatabase the one that commands take where none is named
 */
public record ProjectFile(
        Path file,
        Path revisions,
        @Nullable Path desired,
        @Nullable Entities entities,
        @Nullable Integer postgres,
        @Nullable Database scratch,
        Map<String, LintLevel> levels,
        Set<String> off,
        Map<String, Database> databases,
        @Nullable String defaultDatabase) {
    /** The file's name. */
    public static final String NAME = "skein.yaml";

    /**
     * A database by name.
     *
     * @param password a reference: {@code env:NAME} or {@code file:PATH}
     */
    public record Database(DatabaseAddress address, @Nullable String password) {}

    /**
     * JPA entities.
     *
     * @param places folders of classes, and jars, as absolute paths
     * @param settings of Hibernate by name
     */
    public record Entities(List<Path> places, Map<String, String> settings) {
        public Entities {
            places = List.copyOf(places);
            settings = Map.copyOf(settings);
        }
    }

    /**
     * Reads a file.
     *
     * @throws SkeinException with file, line and key, for anything that is wrong with it
     */
    public static ProjectFile read(Path file) {
        var root = YamlNode.read(file, text(file));
        root.onlyKeys(
                "revisions",
                "desired",
                "entities",
                "postgres",
                "scratch",
                "lint",
                "databases",
                "default");
        var folder = root.text("revisions", "revisions");
        var schema = root.text("desired", "");
        var levels = new LinkedHashMap<String, LintLevel>();
        var off = new HashSet<String>();
        root.child("lint").ifPresent(node -> lint(node, levels, off));
        var databases = new LinkedHashMap<String, Database>();
        root.child("databases").ifPresent(node -> databases(node, databases));
        var chosen = root.text("default", "");
        if (!chosen.isEmpty() && !databases.containsKey(chosen)) {
            throw root.wrong("default", "there is no database '" + chosen + "' in 'databases'");
        }
        var only = databases.size() == 1 ? databases.keySet().iterator().next() : null;
        var parent = Objects.requireNonNull(file.toAbsolutePath().getParent());
        return new ProjectFile(
                file,
                parent.resolve(folder).normalize(),
                schema.isEmpty() ? null : parent.resolve(schema).normalize(),
                root.child("entities").map(node -> entities(node, parent)).orElse(null),
                major(root),
                root.child("scratch").map(ProjectFile::database).orElse(null),
                Map.copyOf(levels),
                Set.copyOf(off),
                databases,
                chosen.isEmpty() ? only : chosen);
    }

    private static Entities entities(YamlNode node, Path parent) {
        node.onlyKeys("classes", "settings");
        var classes = node.text("classes", "");
        if (classes.isEmpty()) {
            throw node.wrong("classes", "it is missing: the folders and jars, joined by ':'");
        }
        var settings = new LinkedHashMap<String, String>();
        node.child("settings")
                .ifPresent(all -> all.keys().forEach(key -> settings.put(key, all.text(key, ""))));
        var places =
                Arrays.stream(classes.split(File.pathSeparator))
                        .map(place -> parent.resolve(place).normalize())
                        .toList();
        return new Entities(places, settings);
    }

    /** A level by its name. */
    public static Optional<LintLevel> level(String name) {
        return Arrays.stream(LintLevel.values()).filter(l -> l.words().equals(name)).findFirst();
    }

    private static void lint(YamlNode node, Map<String, LintLevel> levels, Set<String> off) {
        for (var rule : node.keys()) {
            var word = node.text(rule, "");
            if (!rule.matches("SK\\d{3}")) {
                throw node.wrong(rule, "it is no rule's id, such as SK101");
            }
            if (word.equals("off") || word.equals("false")) {
                off.add(rule); // YAML's own spelling of off is a truth value
            } else {
                levels.put(rule, level(node, rule, word));
            }
        }
    }

    private static LintLevel level(YamlNode node, String rule, String word) {
        var wrong = "'" + word + "' is none of off, advice, warning, error";
        return level(word).orElseThrow(() -> node.wrong(rule, wrong));
    }

    private static @Nullable Integer major(YamlNode root) {
        var text = root.text("postgres", "");
        if (!text.isEmpty() && !text.matches("[1-9][0-9]")) {
            throw root.wrong("postgres", "'" + text + "' is no major version, such as 16");
        }
        return text.isEmpty() ? null : Integer.valueOf(text);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw SkeinException.usage(
                    file.toString(),
                    "it cannot be read (" + FileTrouble.inWords(e) + ")",
                    "Check its name and permissions, or create one: skein init");
        }
    }

    private static void databases(YamlNode node, Map<String, Database> databases) {
        for (var name : node.keys()) {
            databases.put(name, database(node.child(name).orElseThrow()));
        }
    }

    private static Database database(YamlNode entry) {
        entry.onlyKeys("url", "password");
        try {
            var address = DatabaseAddress.parse(entry.text("url", ""));
            if (address.password() != null) {
                throw entry.wrong(
                        "url", "the password stands in it; write password: env:NAME instead");
            }
            var reference = entry.text("password", "");
            return new Database(address, reference.isEmpty() ? null : reference);
        } catch (SkeinException e) {
            throw e.subject().startsWith("Database url") ? entry.wrong("url", e.found()) : e;
        }
    }
}
