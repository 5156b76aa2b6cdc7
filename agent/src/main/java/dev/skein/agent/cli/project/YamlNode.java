// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.project;

import dev.skein.engine.SkeinException;
import dev.skein.engine.revision.SimilarWords;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A mapping in a YAML file that knows where it stands, so that errors name file, line and key. */
public final class YamlNode {
    private final Path file;
    private final MappingNode node;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Map<String, Integer> lines = new LinkedHashMap<>();

    private YamlNode(Path file, MappingNode node) {
        this.file = file;
        this.node = node;
        for (var tuple : node.getValue()) {
            var key = tuple.getKeyNode() instanceof ScalarNode s ? s.getValue() : "?";
            int line = line(tuple.getKeyNode());
            if (values.put(key, tuple.getValueNode()) != null) {
                throw error(line, "the key '" + key + "' stands here a second time");
            }
            lines.put(key, line);
        }
    }

    /** Reads a file's text, which must be a mapping. */
    public static YamlNode read(Path file, String text) {
        try {
            var settings =
                    LoadSettings.builder().setUseMarks(true).setLabel(file.toString()).build();
            var node = new Compose(settings).composeString(text);
            if (node.isPresent() && node.get() instanceof MappingNode mapping) {
                return new YamlNode(file, mapping);
            }
            throw SkeinException.usage(
                    file.toString(), "it is no mapping of keys to values", "Write 'key: value'");
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
            throw SkeinException.usage(file + ":" + line, e.getProblem(), "Correct the YAML");
        } catch (YamlEngineException e) {
            throw SkeinException.usage(
                    file.toString(), String.valueOf(e.getMessage()), "Correct the YAML");
        }
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }

    private SkeinException error(int line, String found) {
        return SkeinException.usage(file + ":" + line, found, "Correct it");
    }

    /** An error about a key's value. */
    SkeinException wrong(String key, String found) {
        return error(lines.getOrDefault(key, line(node)), "key '" + key + "': " + found);
    }

    /** Refuses keys that are not among these. */
    void onlyKeys(String... known) {
        for (var key : values.keySet()) {
            if (!List.of(known).contains(key)) {
                throw error(
                        lines.getOrDefault(key, 0),
                        "unknown key '%s'%s; known are %s"
                                .formatted(
                                        key,
                                        SimilarWords.to(key, List.of(known)),
                                        String.join(", ", known)));
            }
        }
    }

    List<String> keys() {
        return List.copyOf(values.keySet());
    }

    String text(String key, String otherwise) {
        var value = values.get(key);
        if (value == null) {
            return otherwise;
        }
        if (!(value instanceof ScalarNode scalar)) {
            throw wrong(key, "its value must be a text");
        }
        return scalar.getValue();
    }

    Optional<YamlNode> child(String key) {
        var value = values.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof MappingNode mapping)) {
            throw wrong(key, "its value must be a mapping");
        }
        return Optional.of(new YamlNode(file, mapping));
    }

    /** The whole as maps, lists and texts; numbers as numbers. */
    public Map<String, Object> plain() {
        var plain = new LinkedHashMap<String, Object>();
        values.forEach((key, value) -> plain.put(key, plain(value)));
        return plain;
    }

    private Object plain(Node value) {
        return switch (value) {
            case MappingNode mapping -> new YamlNode(file, mapping).plain();
            case SequenceNode list -> {
                var items = new ArrayList<Object>();
                list.getValue().forEach(item -> items.add(plain(item)));
                yield items;
            }
            case ScalarNode scalar -> scalar(scalar.getValue());
            default -> throw error(line(value), "this kind of value is not known");
        };
    }

    private static Object scalar(String text) {
        return text.matches("\\d{1,9}") ? Integer.valueOf(text) : text;
    }
}
