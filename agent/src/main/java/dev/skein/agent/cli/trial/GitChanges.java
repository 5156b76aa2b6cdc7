// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.trial;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import dev.skein.engine.script.RevisionFolder;
import dev.skein.engine.script.Script;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Which revisions are new or changed, as git knows. */
final class GitChanges {
    private final RevisionFolder folder;

    GitChanges(RevisionFolder folder) {
        this.folder = folder;
    }

    /** The ids of the revisions whose files differ from a commit's, or are not in it. */
    Set<String> since(String ref) {
        var names = new HashSet<String>();
        names.addAll(ask("diff", "-z", "--name-only", "--relative", ref, "--", "."));
        names.addAll(ask("ls-files", "-z", "--others", "--exclude-standard", "--", "."));
        return folder.load().all().stream()
                .filter(script -> names.contains(script.file()))
                .map(Script::id)
                .collect(Collectors.toSet());
    }

    private List<String> ask(String... words) {
        var process = start(words);
        try {
            var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw refused(words[0], text);
            }
            return List.of(text.split("\0")); // names as they are, whatever letters they have
        } catch (IOException e) {
            throw unstarted(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SkeinException(ErrorCode.INTERRUPTED, "git", "interrupted", "", e);
        }
    }

    private Process start(String... words) {
        var command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(words));
        try {
            var process =
                    new ProcessBuilder(command)
                            .directory(Path.of("").toAbsolutePath().resolve(folder.path()).toFile())
                            .redirectErrorStream(true)
                            .start();
            process.getOutputStream().close();
            return process;
        } catch (IOException e) {
            throw unstarted(e);
        }
    }

    private static SkeinException refused(String word, String text) {
        return SkeinException.usage(
                "git " + word,
                "it says: " + text.strip(),
                "Give a commit or a branch that this clone has");
    }

    private static SkeinException unstarted(IOException e) {
        return new SkeinException(
                ErrorCode.FAILED,
                "git",
                "it cannot be started (" + e.getMessage() + ")",
                "Install git, or use --since",
                e);
    }
}
