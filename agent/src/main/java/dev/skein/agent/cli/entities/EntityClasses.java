// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.entities;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.FileTrouble;
import dev.skein.engine.SkeinException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jboss.jandex.Index;
import org.jboss.jandex.Indexer;

/** Finds the classes that are mapped to tables, without loading any. */
final class EntityClasses {
    private static final List<String> MAPPED =
            List.of("Entity", "MappedSuperclass", "Embeddable", "Converter");

    private EntityClasses() {}

    /**
     * The names of mapped classes.
     *
     * @param places folders of classes, and jars
     */
    static SortedSet<String> names(List<Path> places) {
        var indexer = new Indexer();
        places.forEach(place -> index(place, indexer));
        return mapped(indexer.complete());
    }

    private static SortedSet<String> mapped(Index index) {
        var names = new TreeSet<String>();
        for (var annotation : MAPPED) {
            for (var use : index.getAnnotations("jakarta.persistence." + annotation)) {
                names.add(use.target().asClass().name().toString());
            }
        }
        return names;
    }

    private static void index(Path place, Indexer indexer) {
        if (!Files.exists(place)) {
            throw SkeinException.usage(
                    "Entities " + place, "there is no such jar or folder", "Build it, or name it");
        }
        try {
            if (Files.isDirectory(place)) {
                folder(place, indexer);
            } else {
                jar(place, indexer);
            }
        } catch (IOException e) {
            throw unreadable(place, e);
        }
    }

    private static void jar(Path place, Indexer indexer) throws IOException {
        try (var jar = FileSystems.newFileSystem(URI.create("jar:" + place.toUri()), Map.of())) {
            folder(jar.getPath("/"), indexer);
        }
    }

    private static SkeinException unreadable(Path place, IOException e) {
        return new SkeinException(
                ErrorCode.FAILED,
                "Entities " + place,
                "it cannot be read (" + FileTrouble.inWords(e) + ")",
                "Name a jar, or a folder of classes",
                e);
    }

    private static void folder(Path folder, Indexer indexer) throws IOException {
        List<Path> classes;
        try (var files = Files.walk(folder)) {
            classes =
                    files.filter(f -> f.toString().endsWith(".class"))
                            .filter(f -> !f.toString().endsWith("module-info.class"))
                            .filter(f -> !f.toString().contains("META-INF/versions/"))
                            .toList();
        }
        for (var file : classes) {
            try (InputStream bytes = Files.newInputStream(file)) {
                indexer.index(bytes);
            }
        }
    }

    /** The places as a class loader wants them. */
    static URL[] urls(List<Path> places) {
        var urls = new ArrayList<URL>();
        for (var place : places) {
            try {
                urls.add(place.toUri().toURL());
            } catch (java.net.MalformedURLException e) {
                throw new IllegalArgumentException(e); // a file's always has a form
            }
        }
        return urls.toArray(URL[]::new);
    }
}
