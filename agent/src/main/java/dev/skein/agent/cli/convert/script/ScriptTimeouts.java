// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert.script;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Limits that a script sets, as the revision's header says them. */
public final class ScriptTimeouts {
    private static final Map<String, String> NAMES =
            Map.of("lock_timeout", "lock-timeout", "statement_timeout", "statement-timeout");
    private static final Pattern VALUE =
            Pattern.compile("'?\\s*(\\d{1,9})\\s*(ms|s|min|h|)\\s*'?", Pattern.CASE_INSENSITIVE);

    private final Map<String, String> lines = new TreeMap<>();

    static boolean has(String setting) {
        return NAMES.containsKey(setting);
    }

    /** Takes a limit over, unless it has another value already or one that no header can say. */
    boolean put(SettingStatement setting) {
        var name = NAMES.get(setting.name());
        var value = value(setting.value() == null ? "" : setting.value());
        if (name == null || value.isEmpty()) {
            return false;
        }
        var other = lines.putIfAbsent(name, value.get());
        return other == null || other.equals(value.get());
    }

    private static Optional<String> value(String text) {
        var m = VALUE.matcher(text);
        if (!m.matches()) {
            return Optional.empty();
        }
        var unit = m.group(2).toLowerCase(Locale.ROOT);
        return Optional.of(m.group(1) + (unit.isEmpty() ? "ms" : unit));
    }

    /** The header's lines. */
    public String text() {
        var text = new StringBuilder();
        lines.forEach((name, value) ->
                text.append("--@ ").append(name).append(": ").append(value).append('\n'));
        return text.toString();
    }
}
