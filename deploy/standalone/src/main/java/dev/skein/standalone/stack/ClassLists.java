// SPDX-License-Identifier: Apache-2.0
package dev.skein.standalone.stack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** What the running parts of a module have loaded: each JVM writes a list of its own. */
final class ClassLists {
    private final StackHome home;
    private final String module;

    /** Who lists, and how often it was started: each start begins its list anew. */
    private final Map<String, Integer> listing = new ConcurrentHashMap<>();

    ClassLists(StackHome home, String module) {
        this.home = home;
        this.module = module;
    }

    /** The option with which a part that starts begins its list. */
    String begin(String part) throws IOException {
        var classes = home.classes(part);
        Files.createDirectories(classes.getParent());
        listing.merge(part, 1, Integer::sum);
        return "-XX:DumpLoadedClassList=" + classes;
    }

    /** The copy. */
    Path whole() {
        return home.classes("whole-" + module);
    }

    /**
     * Copies the list of a part that is up: if it dies, its next start writes over its own.
     *
     * @return whether there is one
     */
    boolean copyWhole(Predicate<String> isUp) throws IOException {
        for (var part : listing.keySet()) {
            var start = listing.get(part);
            if (isUp.test(part)) {
                var text = Files.readString(home.classes(part), StandardCharsets.ISO_8859_1);
                var lines = text.substring(0, text.lastIndexOf('\n') + 1); // it may be writing one
                Files.writeString(whole(), lines, StandardCharsets.ISO_8859_1);
                if (Objects.equals(start, listing.get(part))) {
                    return true;
                }
            }
        }
        return false;
    }
}
