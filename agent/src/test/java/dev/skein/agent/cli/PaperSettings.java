// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli;

import dev.skein.agent.daemon.config.AgentConfig;
import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The settings that there are, by name, each with its default; empty where it has none. */
final class PaperSettings {
    /** A property of a configuration's interface, and the default in the annotations above it. */
    private static final Pattern PROPERTY =
            Pattern.compile(
                    "((?:^    @\\w+.*\\n)*)^    \\w[\\w<>, ]* (\\w+)\\(\\);$", Pattern.MULTILINE);

    private static final Pattern DEFAULT = Pattern.compile("@WithDefault\\(\"(.*)\"\\)");

    private PaperSettings() {}

    /** The agent's, from its interface; what a map's key is stands in capitals. */
    static SortedMap<String, String> ofAgent() {
        var found = new TreeMap<String, String>();
        collect(AgentConfig.class, "skein.agent", found);
        return found;
    }

    private static void collect(Class<?> type, String prefix, Map<String, String> found) {
        for (var method : type.getDeclaredMethods()) {
            if (method.isSynthetic()) {
                continue; // what measures coverage adds some
            }
            var name = prefix + "." + kebab(method.getName());
            if (!method.getReturnType().equals(Map.class)) {
                var otherwise = method.getAnnotation(WithDefault.class);
                found.put(name, otherwise == null ? "" : otherwise.value());
            } else if (valueOf(method).isInterface()) {
                collect(valueOf(method), name + ".NAME", found);
            } else {
                found.put(name + ".KEY", "");
            }
        }
    }

    private static Class<?> valueOf(Method method) {
        var arguments = ((ParameterizedType) method.getGenericReturnType());
        return (Class<?>) arguments.getActualTypeArguments()[1];
    }

    /** Another service's, from the text of its interface, which is on no class path here. */
    static SortedMap<String, String> writtenIn(Path source, String prefix) throws IOException {
        var found = new TreeMap<String, String>();
        var properties = PROPERTY.matcher(Files.readString(source));
        while (properties.find()) {
            var otherwise = DEFAULT.matcher(properties.group(1));
            found.put(
                    prefix + "." + kebab(properties.group(2)),
                    otherwise.find() ? otherwise.group(1) : "");
        }
        return found;
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
