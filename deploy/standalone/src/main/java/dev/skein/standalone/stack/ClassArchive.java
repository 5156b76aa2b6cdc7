// SPDX-License-Identifier: Apache-2.0
package dev.skein.standalone.stack;

import dev.skein.engine.SkeinException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A service's classes, parsed and linked, in a file that the JVM maps: a start with it takes half
 * of the processor's time. It is made once for a build, beside what was built, from the list of
 * what a running part loaded. So no start is slower for it, and a part that is killed harms none.
 *
 * <p>Its name is that of all it depends on: one of other jars, of another JDK or with other options
 * is not found. It comes into its place whole, whoever else makes it.
 */
final class ClassArchive {
    /** Less than a minute of a core, on a machine that may be busy with all else. */
    static final Duration LONGEST = Duration.ofHours(1);

    private final StackHome home;
    private final String module;
    private final List<String> options;
    private final Duration longest;
    private final ArchiveFolder folder;
    private final ClassLists lists;

    /**
     * @param options the JVM's options, the same for whoever makes the archive and who uses it
     */
    ClassArchive(StackHome home, String module, List<String> options) {
        this(home, module, options, LONGEST);
    }

    ClassArchive(StackHome home, String module, List<String> options, Duration longest) {
        this.home = home;
        this.module = module;
        this.options = List.copyOf(options);
        this.longest = longest;
        this.folder = new ArchiveFolder(home, module, this.options);
        this.lists = new ClassLists(home, module);
    }

    /** The command of a part: with the archive where there is one, else it lists what it loads. */
    List<String> command(String part) {
        var words = java();
        sharing(part).ifPresent(words::add);
        return withJar(words);
    }

    /**
     * Neither where the build cannot be read, as while it is made anew: no part waits for that. And
     * no list where no archive can be kept.
     */
    private Optional<String> sharing(String part) {
        try {
            var file = file();
            if (Files.exists(file)) {
                return Optional.of("-XX:SharedArchiveFile=" + file);
            }
            return folder.isWritable() ? Optional.of(lists.begin(part)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // what else this keeps from starting, the part's log tells
        }
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
        return folder.file();
    }

    /**
     * Makes it, where it is missing and a part that is up has a list for it. That takes a core ten
     * to forty seconds, behind others that want it. Before, it deletes those of other builds, and
     * what a maker left that was killed.
     *
     * @param isUp whether a part serves now; what one has listed before is not the whole of it
     * @throws SkeinException if the JVM makes none, with where to look
     * @throws InterruptedException if it was not to go on; nothing is left of it
     */
    void make(Predicate<String> isUp) throws InterruptedException {
        if (!folder.isWritable()) {
            return; // nobody can help that, so nobody is told each time
        }
        try {
            var file = file();
            folder.forgetOthers(file);
            if (!Files.exists(file) && lists.copyWhole(isUp)) {
                make(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the archive of " + module + "'s classes: " + e, e);
        }
    }

    private void make(Path file) throws IOException, InterruptedException {
        Files.createDirectories(home.built());
        var unfinished = Files.createTempFile(home.built(), module + "-", ".unfinished");
        try {
            dump(unfinished);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
            Files.deleteIfExists(lists.whole());
        }
    }

    private void dump(Path to) throws IOException, InterruptedException {
        var log = home.log("archive-" + module);
        Files.createDirectories(log.getParent());
        var process = dumping(to, log);
        var pid = new PidFile(home.pidFile("archive-" + module));
        try {
            pid.write(process.toHandle()); // for `down`, where this process is killed
            await(process, to, log);
        } finally {
            process.destroyForcibly().waitFor();
            pid.delete();
        }
    }

    private Process dumping(Path to, Path log) throws IOException {
        var words = java();
        words.addAll(List.of("-Xshare:dump", "-XX:+AOTClassLinking"));
        words.addAll(
                List.of("-XX:SharedClassListFile=" + lists.whole(), "-XX:SharedArchiveFile=" + to));
        return new ProcessBuilder(DetachedCommand.behind(withJar(words)))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(new File("/dev/null"))
                .start();
    }

    private void await(Process process, Path to, Path log)
            throws IOException, InterruptedException {
        if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
            throw failed("the JVM was at it for " + longest.toSeconds() + " s", log);
        }
        if (process.exitValue() != 0 || Files.size(to) == 0) {
            throw failed("the JVM made none", log);
        }
    }

    private SkeinException failed(String found, Path log) {
        return SkeinException.failed(
                "Archive of " + module + "'s classes",
                found,
                "Look into " + log + "; everything works without it, and starts slower");
    }
}
