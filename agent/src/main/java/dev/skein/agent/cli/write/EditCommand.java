// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.write;

import dev.skein.agent.cli.common.BaseCommand;
import dev.skein.agent.cli.place.DatabaseOptions;
import dev.skein.engine.ErrorCode;
import dev.skein.engine.FileTrouble;
import dev.skein.engine.SkeinException;
import dev.skein.engine.revision.Resolver;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code skein edit TARGET}. */
@Command(name = "edit", description = "Open a revision's file in VISUAL or EDITOR.")
public final class EditCommand extends BaseCommand {
    @Mixin private final DatabaseOptions databases = new DatabaseOptions();

    @Parameters(
            paramLabel = "TARGET",
            arity = "0..1",
            defaultValue = "head",
            description = "An id or its beginning, a label, head, current (default: head).")
    private String target;

    @Override
    public Integer call() {
        var project = databases.project();
        var scripts = project.scripts();
        var ids = new Resolver(scripts.graph(), databases.currentHeads(target)).resolve(target);
        var words = editor();
        for (var id : scripts.graph().sorted(ids)) {
            words.add(project.folder().path().resolve(scripts.get(id).file()).toString());
        }
        int code = run(words);
        project.scripts(); // what was saved must still be revisions
        return code;
    }

    private static List<String> editor() {
        for (var name : new String[] {"VISUAL", "EDITOR"}) {
            var editor = System.getenv(name);
            if (editor != null && !editor.isBlank()) {
                return new ArrayList<>(List.of(editor.strip().split("\\s+")));
            }
        }
        throw SkeinException.usage("Editor", "neither VISUAL nor EDITOR is set", "Set EDITOR=vi");
    }

    private static int run(List<String> words) {
        try {
            return new ProcessBuilder(words).inheritIO().start().waitFor() == 0 ? 0 : 1;
        } catch (IOException e) {
            throw SkeinException.usage(
                    "Editor " + words.getFirst(),
                    "it does not start (" + FileTrouble.inWords(e) + ")",
                    "Correct EDITOR");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SkeinException(ErrorCode.INTERRUPTED, "Editor", "interrupted", "");
        }
    }
}
