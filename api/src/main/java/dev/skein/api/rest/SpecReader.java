// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.api.config.ApiConfig;
import dev.skein.api.fleet.DatabaseSelector;
import dev.skein.api.rollout.BackupChoice;
import dev.skein.api.rollout.RequiredEvidence;
import dev.skein.api.rollout.RolloutSpec;
import dev.skein.api.rollout.RolloutSpec.WaveSpec;
import dev.skein.api.rollout.TargetShare;
import dev.skein.engine.SkeinException;
import dev.skein.engine.revision.SimilarWords;
import dev.skein.engine.revision.Target;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads what somebody asks for; every key is known, every value checked. */
@ApplicationScoped
public class SpecReader {
    private static final Set<String> KEYS =
            Set.of("rollout", "bundle", "to", "select", "evidence", "backup", "waves");
    private static final Set<String> WAVE_KEYS =
            Set.of("name", "take", "soak", "budget", "parallel");
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");
    private static final Pattern SOAK = Pattern.compile("(\\d{1,6})(s|m|h|d)?");
    private static final int LONGEST = 4000;
    private static final int MOST_WAVES = 50;

    private final ApiConfig config;

    public SpecReader(ApiConfig config) {
        this.config = config;
    }

    /**
     * Reads a rollout's text.
     *
     * @throws SkeinException naming key and value
     */
    public RolloutSpec read(JsonNode json) {
        known("Rollout", json, KEYS);
        var id = text(json, "rollout", "");
        if (!ID.matcher(id).matches()) {
            throw wrong("rollout", id, "Name it with a-z, 0-9, '.', '_' and '-'");
        }
        var to = text(json, "to", "heads");
        if (Target.parse(to).isRelativeToCurrent()) {
            throw wrong("to", to, "A fleet has no single current revision: name one, or 'heads'");
        }
        var select = text(json, "select", "");
        DatabaseSelector.parse(select);
        var proof = RequiredEvidence.parse(text(json, "evidence", "none"));
        var saving = BackupChoice.parse(text(json, "backup", "auto"));
        var waves = waves(json.path("waves"));
        return new RolloutSpec(
                id, text(json, "bundle", ""), to, select, proof, saving, waves, null);
    }

    private List<WaveSpec> waves(JsonNode list) {
        if (!list.isArray() || list.isEmpty() || list.size() > MOST_WAVES) {
            throw wrong("waves", list.toString(), "Write a list of 1 to " + MOST_WAVES + " waves");
        }
        var waves = new ArrayList<WaveSpec>();
        var names = new HashSet<String>();
        for (var node : list) {
            waves.add(wave(node, names));
        }
        return waves;
    }

    private WaveSpec wave(JsonNode node, Set<String> names) {
        known("Wave", node, WAVE_KEYS);
        var name = text(node, "name", "");
        if (name.isBlank() || !names.add(name)) {
            throw wrong("waves.name", name, "Every wave has a name of its own");
        }
        return new WaveSpec(
                name,
                TargetShare.parse(text(node, "take", "all")),
                soak(text(node, "soak", "0")),
                TargetShare.parse(text(node, "budget", "0")),
                parallel(node.path("parallel")));
    }

    private int parallel(JsonNode node) {
        if (node.isMissingNode()) {
            return config.parallel();
        }
        if (!node.isInt()
                || node.asInt() < 1
                || node.asInt() > RolloutSpec.WaveSpec.MOST_PARALLEL) {
            throw wrong(
                    "waves.parallel",
                    node.toString(),
                    "Write 1 to " + RolloutSpec.WaveSpec.MOST_PARALLEL);
        }
        return node.asInt();
    }

    private static Duration soak(String text) {
        var m = SOAK.matcher(text);
        if (!m.matches()) {
            throw wrong("waves.soak", text, "Write for example 30s, 10m or 2h");
        }
        long n = Long.parseLong(m.group(1));
        return switch (m.group(2) == null ? "s" : m.group(2)) {
            case "m" -> Duration.ofMinutes(n);
            case "h" -> Duration.ofHours(n);
            case "d" -> Duration.ofDays(n);
            default -> Duration.ofSeconds(n);
        };
    }

    private static void known(String subject, JsonNode json, Set<String> keys) {
        if (!json.isObject()) {
            throw SkeinException.usage(subject, "it is no mapping of keys to values", "");
        }
        json.fieldNames()
                .forEachRemaining(key -> {
                    if (!keys.contains(key)) {
                        throw SkeinException.usage(
                                subject,
                                "unknown key '" + key + "'" + SimilarWords.to(key, keys),
                                "Known are " + keys.stream().sorted().toList());
                    }
                });
    }

    private static String text(JsonNode json, String key, String otherwise) {
        var node = json.path(key);
        if (node.isMissingNode() || node.isNull()) {
            return otherwise;
        }
        if (!node.isTextual() && !node.isIntegralNumber()) {
            throw wrong(key, node.toString(), "Write a text");
        }
        if (node.asText().length() > LONGEST) {
            throw wrong(
                    key,
                    "a text of " + node.asText().length() + " characters",
                    "Write at most " + LONGEST);
        }
        return node.asText();
    }

    private static SkeinException wrong(String key, String value, String remedy) {
        return SkeinException.usage("Rollout", "'" + value + "' is no value for " + key, remedy);
    }
}
