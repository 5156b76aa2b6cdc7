// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.graph;

import dev.skein.agent.cli.common.BaseCommand;
import dev.skein.agent.cli.place.DatabaseOptions;
import dev.skein.engine.revision.Resolver;
import dev.skein.engine.revision.Revision;
import dev.skein.engine.script.RevisionFolder;
import dev.skein.engine.script.Script;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code skein show TARGET}. */
@Command(name = "show", description = "Show a revision: what it is, and its file.")
public final class ShowCommand extends BaseCommand {
    @Mixin private final DatabaseOptions databases = new DatabaseOptions();

    @Parameters(
            paramLabel = "TARGET",
            arity = "0..1",
            defaultValue = "heads",
            description = "An id or its beginning, a label, heads, current (default: heads).")
    private String target;

    /** A revision in JSON. */
    record Shown(
            Revision revision,
            String file,
            String checksum,
            boolean transactional,
            boolean reversible,
            String text) {}

    @Override
    public Integer call() {
        var scripts = databases.project().scripts();
        var ids = new Resolver(scripts.graph(), databases.currentHeads(target)).resolve(target);
        var shown =
                scripts.graph().sorted(ids).stream().map(scripts::get).map(this::shown).toList();
        if (isJson()) {
            out().json(shown);
            return 0;
        }
        shown.forEach(this::print);
        return 0;
    }

    private Shown shown(Script script) {
        Path file = databases.project().folder().path().resolve(script.file());
        return new Shown(
                script.revision(),
                file.toString(),
                script.checksum(),
                script.transactional(),
                script.hasWayBack(),
                RevisionFolder.read(file));
    }

    private void print(Shown shown) {
        var r = shown.revision();
        var parents = r.revises().isEmpty() ? "base" : String.join(", ", r.revises());
        out().say(out().strong(r.id()) + " " + r.message());
        out().say("  revises  " + parents);
        if (!r.dependsOn().isEmpty()) {
            out().say("  needs    " + String.join(", ", r.dependsOn()));
        }
        out().say("  file     " + shown.file());
        out().say("  checksum " + shown.checksum());
        out().say("  way back " + (shown.reversible() ? "yes" : "no"));
        out().result(shown.text().stripTrailing());
    }
}
