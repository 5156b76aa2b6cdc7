// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.write;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.FileTrouble;
import dev.skein.engine.SkeinException;
import dev.skein.engine.revision.Revision;
import dev.skein.engine.revision.RevisionGraph;
import dev.skein.engine.script.RevisionFolder;
import dev.skein.engine.script.ScriptWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;

/** Writes a new revision's file, after seeing that it fits into the graph. */
final class NewFile {
    private NewFile() {}

    static Path write(RevisionFolder folder, RevisionGraph graph, Revision revision) {
        var all = new ArrayList<>(graph.inOrder());
        all.add(revision);
        RevisionGraph.of(all);
        var path = folder.path().resolve(ScriptWriter.fileName(revision));
        try {
            return Files.writeString(
                    path, ScriptWriter.template(revision), StandardOpenOption.CREATE_NEW);
        } catch (IOException e) {
            throw new SkeinException(
                    ErrorCode.FAILED,
                    path.toString(),
                    "it cannot be written (" + FileTrouble.inWords(e) + ")",
                    "Check the folder's permissions",
                    e);
        }
    }

    /** A path as one would write it here: below this folder, without the way to it. */
    static String near(Path path) {
        var here = Path.of("").toAbsolutePath();
        return path.toAbsolutePath().startsWith(here)
                ? here.relativize(path.toAbsolutePath()).toString()
                : path.toString();
    }
}
