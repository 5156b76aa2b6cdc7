// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The Java sources of a checkout, by their path in it.
 *
 * @param main what is built and run
 * @param tests what tests it
 * @param loners files that belong to no module: a measurement that is run as it stands
 */
record HouseSources(
        SortedMap<Path, String> main,
        SortedMap<Path, String> tests,
        SortedMap<Path, String> loners) {
    static final Path ROOT = Path.of(System.getProperty("skein.root", ".."));

    /** The sources of this checkout. */
    static HouseSources read() {
        var sources = new HouseSources(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
        try {
            Files.walkFileTree(ROOT, new Visitor(sources));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sources;
    }

    /** The class that a file holds. */
    static String name(Path file) {
        return file.getFileName().toString().replace(".java", "");
    }

    private Map<Path, String> kind(String path) {
        if (path.contains("src/main/java")) {
            return main;
        }
        return path.contains("src/test/java") ? tests : loners;
    }

    /** Passes over what is built, and what tools keep for themselves. */
    private static final class Visitor extends SimpleFileVisitor<Path> {
        private final HouseSources sources;

        Visitor(HouseSources sources) {
            this.sources = sources;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            var name = String.valueOf(folder.getFileName());
            var passed = name.equals("target") || (name.length() > 1 && name.startsWith("."));
            return passed && !folder.equals(ROOT)
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            var path = ROOT.relativize(file);
            if (path.toString().endsWith(".java") && !path.endsWith("package-info.java")) {
                sources.kind(path.toString()).put(path, Files.readString(file));
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
