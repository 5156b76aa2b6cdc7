// SPDX-License-Identifier: Apache-2.0
package dev.skein.standalone.stack;

import dev.skein.engine.Digests;
import dev.skein.engine.SkeinException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A service's classes, parsed and linked, in a file that the JVM maps: a start with it takes half
 * of the processor's time. It is made once for a build, beside what was built, from the list of
 * what a running part loaded. So no start is slower for it, and a part that is killed harms none.
 *
 * <p>Its name is that of all it depends on: one of other jars, of another JDK or with other options
 * is not found. It comes into its place whole, whoever else makes it.
 */
final class ClassArchive {
    private static final Path NICE = Path.of("/usr/bin/nice");
    private static final String ENDING = ".jsa";
    private static final int NAME_BYTES = 8;

    /** Ten seconds of a core, on a machine that has other things to do. */
    private static final Duration LONGEST = Duration.ofMinutes(20);

    /** Whoever is still at it has been killed. */
    private static final Duration OLD = LONGEST.multipliedBy(3);

    private final Home home;
    private final String module;
    private final List<String> options;
    private final Duration longest;
    private final AtomicReference<Optional<Path>> list = new AtomicReference<>(Optional.empty());

    /**
     * @param options the JVM's options, the same for whoever makes the archive and who uses it
     */
    ClassArchive(Home home, String module, List<String> options) {
        this(home, module, options, LONGEST);
    }

    ClassArchive(Home home, String module, List<String> options, Duration longest) {
        this.home = home;
        this.module = module;
        this.options = List.copyOf(options);
        this.longest = longest;
    }

    /**
     * The command of a part: with the archive where there is one, else the first part lists what it
     * loads. Only that one: a list that a restart begins anew would be short for a while.
     */
    List<String> command(String part) {
        var words = java();
        sharing(part).ifPresent(words::add);
        return withJar(words);
    }

    /** Neither where the build cannot be read, as while it is made anew: no part waits for that. */
    private Optional<String> sharing(String part) {
        try {
            var file = file();
            return Optional.of(
                    Files.exists(file) ? "-XX:SharedArchiveFile=" + file : listing(part));
        } catch (IOException e) {
            return Optional.empty(); // what else this keeps from starting, the part's log tells
        }
    }

    private String listing(String part) throws IOException {
        var classes = home.classes(part);
        Files.createDirectories(classes.getParent());
        list.set(Optional.of(classes));
        return "-XX:DumpLoadedClassList=" + classes;
    }

    private List<String> java() {
        var words = new ArrayList<String>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(options);
        return words;
    }

    private List<String> withJar(List<String> words) {
        words.addAll(List.of("-jar", home.application(module).toString()));
        return words;
    }

    /** Where it is, or would be. */
    Path file() throws IOException {
        return home.built().resolve(module + "-" + key() + ENDING);
    }

    private String key() throws IOException {
        var text = new StringBuilder().append(options).append(System.getProperty("java.home"));
        try (var files = Files.walk(home.application(module).getParent())) {
            text.append(Files.readString(Path.of(System.getProperty("java.home"), "release")));
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                text.append('\n').append(file).append(' ').append(Files.size(file));
                text.append(' ').append(Files.getLastModifiedTime(file).toMillis());
            }
        } catch (UncheckedIOException e) {
            throw e.getCause(); // a folder that went away while it was walked
        }
        var digest = Digests.sha256(text.toString().getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest, 0, NAME_BYTES);
    }

    /**
     * Makes it, where it is missing and a part that runs has a list for it. That takes a core ten
     * to forty seconds, behind most that wants it.
     *
     * @throws SkeinException if the JVM makes none, with where to look
     * @throws InterruptedException if it was not to go on; nothing is left of it
     */
    void make() throws InterruptedException {
        try {
            var classes = list.get();
            var file = file();
            if (classes.isPresent() && !Files.exists(file)) {
                make(classes.get(), file);
                forgetOthers(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the archive of " + module + "'s classes: " + e, e);
        }
    }

    private void make(Path classes, Path file) throws IOException, InterruptedException {
        Files.createDirectories(home.built());
        var unfinished = Files.createTempFile(home.built(), module + "-", ".unfinished");
        try {
            dump(classes, unfinished);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private void dump(Path classes, Path to) throws IOException, InterruptedException {
        var words = new ArrayList<String>();
        if (Files.isExecutable(NICE)) {
            words.addAll(List.of(NICE.toString(), "-n", "5"));
        }
        words.addAll(java());
        words.addAll(List.of("-Xshare:dump", "-XX:+AOTClassLinking"));
        words.addAll(List.of("-XX:SharedClassListFile=" + classes, "-XX:SharedArchiveFile=" + to));
        var log = home.log("archive-" + module);
        Files.createDirectories(log.getParent());
        var process =
                new ProcessBuilder(withJar(words))
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .redirectInput(new File("/dev/null"))
                        .start();
        try {
            if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                throw failed("the JVM was at it for " + longest.toSeconds() + " s", log);
            }
            if (process.exitValue() != 0 || Files.size(to) == 0) {
                throw failed("the JVM made none", log);
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private SkeinException failed(String found, Path log) {
        return SkeinException.failed(
                "Archive of " + module + "'s classes",
                found,
                "Look into " + log + "; everything works without it, and starts slower");
    }

    /** Those of earlier builds; whoever runs with one has it open. And what a killed maker left. */
    private void forgetOthers(Path file) throws IOException {
        try (var others = Files.newDirectoryStream(home.built(), module + "-*")) {
            for (var other : others) {
                if (!other.equals(file) && (other.toString().endsWith(ENDING) || isOld(other))) {
                    Files.deleteIfExists(other);
                }
            }
        }
    }

    private static boolean isOld(Path unfinished) throws IOException {
        var age =
                Duration.between(Files.getLastModifiedTime(unfinished).toInstant(), Instant.now());
        return age.compareTo(OLD) > 0;
    }
}
