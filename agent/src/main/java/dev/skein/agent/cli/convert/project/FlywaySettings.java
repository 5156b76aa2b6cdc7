// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert.project;

import dev.skein.agent.cli.convert.source.ForeignSource;
import dev.skein.agent.cli.convert.source.ImportNotes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What Flyway's files of settings say: names of migrations are heeded, and what else would change
 * what is run is named. They are looked for in the folder and those above it.
 *
 * @param names of patterns, by their setting
 */
record FlywaySettings(Map<String, String> names) {
    private static final int ABOVE = 6;
    private static final Pattern LINE =
            Pattern.compile(
                    "^\\s*(?:spring\\.)?(?:flyway\\.)?(?<key>[A-Za-z-]+(?:\\.[\\w.-]+)?)\\s*[=:]"
                            + "\\s*(?<value>.*?)\\s*$");
    private static final String TABLE = "table";
    private static final List<String> SCHEMAS = List.of("defaultschema", "schemas");
    private static final Set<String> HEEDED =
            Set.of(
                    "sqlmigrationprefix",
                    "undosqlmigrationprefix",
                    "baselinemigrationprefix",
                    "repeatablesqlmigrationprefix",
                    "sqlmigrationseparator",
                    "sqlmigrationsuffixes",
                    TABLE);
    private static final Set<String> NAMED =
            Set.of(
                    "placeholderprefix",
                    "placeholdersuffix",
                    "placeholderreplacement",
                    "locations",
                    "schemas",
                    "defaultschema",
                    "mixed",
                    "group",
                    "target",
                    "cherrypick",
                    "encoding",
                    "initsql",
                    "initsqls",
                    "outoforder",
                    "executeintransaction",
                    "ignoremigrationpatterns",
                    "baselineversion",
                    "callbacks",
                    "resolvers",
                    "skipdefaultresolvers");
    private static final List<String> FILES =
            List.of(
                    "flyway.conf",
                    "flyway.toml",
                    "flyway.user.toml",
                    "conf/flyway.conf",
                    "application.properties",
                    "application.yml",
                    "application.yaml");

    FlywaySettings {
        names = Map.copyOf(names);
    }

    static boolean isOne(Path file) {
        return FILES.contains(ProjectFolder.name(file));
    }

    static boolean isSql(Path file) {
        return !ProjectFolder.name(file).matches(".*\\.(java|class|kt|groovy|scala|py|ps1|sh)");
    }

    static FlywaySettings near(Path root, ImportNotes notes) {
        var names = new HashMap<String, String>();
        var folder = root.toAbsolutePath().normalize();
        for (int i = 0; i < ABOVE && folder != null; i++) {
            for (var name : FILES) {
                var file = folder.resolve(name);
                if (Files.isRegularFile(file)) {
                    read(file, names, notes);
                }
            }
            folder = Files.exists(folder.resolve(".git")) ? null : folder.getParent();
        }
        recordedIn(names, notes);
        return new FlywaySettings(names);
    }

    private static void recordedIn(Map<String, String> names, ImportNotes notes) {
        var schema = SCHEMAS.stream().map(names::get).filter(Objects::nonNull).findFirst();
        if (schema.isPresent() || names.containsKey(TABLE)) {
            notes.recordedIn(
                    schema.orElse("").replaceFirst(",.*", "").strip(),
                    names.getOrDefault(TABLE, "flyway_schema_history"));
        }
    }

    private static void read(Path file, Map<String, String> names, ImportNotes notes) {
        boolean inside = !ProjectFolder.name(file).startsWith("application");
        int number = 0;
        int indent = -1;
        for (var line : ForeignSource.of(file).text().lines().toList()) {
            number++;
            int blanks = line.length() - line.stripLeading().length();
            if (line.strip().equals("flyway:")) {
                inside = true;
                indent = blanks;
            } else if (indent >= 0 && blanks <= indent && !line.isBlank()) {
                inside = false;
            } else if (line.startsWith("[")) {
                inside = line.startsWith("[flyway");
            }
            var m = LINE.matcher(line);
            if (m.matches() && (inside || line.contains("flyway."))) {
                setting(file, number, m.group("key"), m.group("value"), names, notes);
            }
        }
    }

    private static void setting(
            Path file,
            int line,
            String written,
            String value,
            Map<String, String> names,
            ImportNotes notes) {
        var key = written.replace("-", "").toLowerCase(Locale.ROOT);
        if (HEEDED.contains(key) || SCHEMAS.contains(key)) {
            names.putIfAbsent(key, value.replaceAll("[\"'\\[\\]]", ""));
        }
        if (NAMED.contains(key) || key.startsWith("placeholders.")) {
            notes.add("its " + written + " is not heeded here", file, line);
        }
    }

    Pattern versioned() {
        return numbered("sqlmigrationprefix", "V", "|\\.(?:java|class|kt|groovy|scala|py|ps1|sh)");
    }

    Pattern undo() {
        return numbered("undosqlmigrationprefix", "U", "");
    }

    Pattern baseline() {
        return numbered("baselinemigrationprefix", "B", "");
    }

    Pattern repeatable() {
        return Pattern.compile(
                quoted("repeatablesqlmigrationprefix", "R")
                        + quoted("sqlmigrationseparator", "__")
                        + "(.*)"
                        + suffix("|\\.(?:java|class|kt|groovy|scala|py|ps1|sh)"));
    }

    private Pattern numbered(String prefix, String usual, String programs) {
        return Pattern.compile(
                quoted(prefix, usual)
                        + "([0-9]+(?:[._][0-9]+)*)"
                        + "(?:"
                        + quoted("sqlmigrationseparator", "__")
                        + "(.*))?"
                        + suffix(programs));
    }

    private String quoted(String name, String usual) {
        return Pattern.quote(names.getOrDefault(name, usual));
    }

    private String suffix(String programs) {
        var all = new ArrayList<String>();
        for (var one : names.getOrDefault("sqlmigrationsuffixes", ".sql").split(",")) {
            all.add(Pattern.quote(one.strip()));
        }
        return "(?:" + String.join("|", all) + programs + ")";
    }

    String example() {
        return names.getOrDefault("sqlmigrationprefix", "V")
                + "1"
                + names.getOrDefault("sqlmigrationseparator", "__")
                + "words.sql";
    }
}
