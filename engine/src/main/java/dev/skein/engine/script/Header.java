// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.script;

import dev.skein.engine.SkeinException;
import dev.skein.engine.revision.Revision;
import dev.skein.engine.revision.RevisionId;
import dev.skein.engine.script.text.DirectiveNames;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The header lines of a revision file while it is read. */
final class Header {
    private static final Pattern ALLOW = Pattern.compile("(\\S+)\\s+\"(.+)\"");
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|min|m|h)");

    private final String file;
    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, Integer> lines = new LinkedHashMap<>();
    private final Map<String, String> allowed = new LinkedHashMap<>();

    Header(String file) {
        this.file = file;
    }

    void put(int line, String name, String value) {
        if (!DirectiveNames.HEADER.contains(name)) {
            throw unknown(line, name);
        }
        if (name.equals("allow")) {
            allow(line, value);
        } else if (values.put(name, value) != null) {
            throw new ScriptError(
                    file, line, "'" + name + "' stands here a second time", "Keep one of them");
        }
        lines.put(name, line);
    }

    private ScriptError unknown(int line, String name) {
        return new ScriptError(
                file,
                line,
                "unknown directive '"
                        + name
                        + "'"
                        + DirectiveNames.suggestion(name, DirectiveNames.atTheTop()),
                "Known are: "
                        + String.join(", ", DirectiveNames.HEADER)
                        + "; and the sections "
                        + String.join(", ", DirectiveNames.SECTIONS));
    }

    private void allow(int line, String value) {
        var m = ALLOW.matcher(value);
        if (!m.matches()) {
            throw new ScriptError(
                    file, line, "'allow' needs a rule and a reason", "--@ allow: <rule> \"<why>\"");
        }
        allowed.put(m.group(1), m.group(2));
    }

    Map<String, String> allowed() {
        return allowed;
    }

    List<String> revises() {
        return list("revises");
    }

    boolean transactional() {
        var value = values.getOrDefault("transaction", "");
        if (!value.isEmpty() && !value.equals("none")) {
            throw wrong("transaction", value, "The only value is 'none'");
        }
        return value.isEmpty();
    }

    @Nullable Duration duration(String name) {
        var value = values.get(name);
        if (value == null) {
            return null;
        }
        var m = DURATION.matcher(value);
        if (!m.matches()) {
            throw wrong(name, value, "Write a number and ms, s, min or h");
        }
        long n = Long.parseLong(m.group(1));
        var duration = duration(n, m.group(2));
        if (duration.toMillis() > Integer.MAX_VALUE) {
            throw wrong(name, value, "The server knows no more than 596 h");
        }
        return duration;
    }

    private static Duration duration(long n, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(n);
            case "s" -> Duration.ofSeconds(n);
            case "h" -> Duration.ofHours(n);
            default -> Duration.ofMinutes(n);
        };
    }

    @Nullable BatchDirective batch() {
        var value = values.get("batch");
        if (value == null) {
            return null;
        }
        var batch = BatchDirective.parse(value);
        if (batch.isEmpty()) {
            throw wrong("batch", value, "Write it like: users by id, 5000 rows, pause 50ms");
        }
        return batch.get();
    }

    Revision revision() {
        var id = values.get("revision");
        if (id == null) {
            throw new ScriptError(
                    file, 0, "there is no line '--@ revision: <id>'", "Add it at the top");
        }
        return new Revision(
                checked("revision", id),
                revises(),
                list("depends-on"),
                list("label"),
                values.getOrDefault("message", ""),
                created());
    }

    private Instant created() {
        var value = values.get("created");
        if (value == null) {
            return Instant.EPOCH;
        }
        try {
            return Instant.parse(value);
        } catch (DateTimeParseException e) {
            throw wrong("created", value, "Write it like 2026-11-22T08:55:00Z");
        }
    }

    private List<String> list(String name) {
        var ids = new ArrayList<String>();
        Arrays.stream(values.getOrDefault(name, "").split("[,\\s]+"))
                .filter(id -> !id.isEmpty())
                .forEach(id -> ids.add(checked(name, id)));
        return ids;
    }

    private String checked(String name, String id) {
        try {
            return RevisionId.check(id);
        } catch (SkeinException e) {
            throw wrong(name, id, e.found());
        }
    }

    private ScriptError wrong(String name, String value, String remedy) {
        return new ScriptError(
                file,
                lines.getOrDefault(name, 0),
                "'" + value + "' is no value for '" + name + "'",
                remedy);
    }
}
