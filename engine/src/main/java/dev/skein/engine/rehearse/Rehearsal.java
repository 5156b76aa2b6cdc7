// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.rehearse;

import dev.skein.engine.SkeinException;
import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.event.RehearsalResult;
import dev.skein.engine.revision.RevisionGraph;
import dev.skein.engine.scratch.ScratchDatabase;
import dev.skein.engine.scratch.ScratchServer;
import dev.skein.engine.script.Script;
import dev.skein.engine.script.Scripts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs revisions up, down and up again on scratch databases. The way back is tried beside the line
 * that goes up, so that one that leads astray spoils nothing for the revisions after it.
 */
public final class Rehearsal implements AutoCloseable {
    private final RehearsalOrigin origin;
    private final Scripts scripts;
    private final RevisionGraph graph;
    private final RevisionReplay replay;
    private final DowngradeTrial trial;
    private final Set<String> failed = new HashSet<>();
    private @Nullable ScratchDatabase line;
    private Set<String> at = Set.of();

    /** What the line looks like; null where it was not read since it moved. */
    private @Nullable Catalog known;

    /**
     * @param bound for each statement
     */
    public Rehearsal(ScratchServer server, Scripts scripts, Duration bound) {
        this(RehearsalOrigin.empty(server), scripts, bound);
    }

    /**
     * @param origin where it starts; the revisions that are to be rehearsed are not applied there
     * @param bound for each statement
     */
    public Rehearsal(RehearsalOrigin origin, Scripts scripts, Duration bound) {
        this.origin = origin;
        this.scripts = scripts;
        this.graph = scripts.graph();
        this.replay = new RevisionReplay(scripts, bound);
        this.trial = new DowngradeTrial(replay, !origin.hasRows());
    }

    /**
     * Rehearses revisions, each on a database where just what it needs is applied.
     *
     * @param ids in the graph's order
     * @param each hears of every revision as soon as it is done
     * @throws SkeinException if a scratch database cannot be had; a revision that fails is a result
     */
    public List<RehearsalResult> run(Collection<String> ids, Consumer<RehearsalResult> each) {
        var results = new ArrayList<RehearsalResult>();
        for (var id : ids) {
            var result = rehearse(scripts.get(id));
            results.add(result);
            each.accept(result);
        }
        return results;
    }

    private RehearsalResult rehearse(Script script) {
        var needs = graph.closure(script.revision().requires());
        var broken = needs.stream().filter(failed::contains).findFirst();
        var report = new RehearsalReport(script);
        if (broken.isPresent()) {
            failed.add(script.id());
            return report.failed("revision " + broken.get() + ", which it needs, fails");
        }
        try {
            var database = lineAt(graph.headsOf(with(needs, origin.applied())));
            return upAndBack(script, database, report);
        } catch (SkeinException e) {
            failed.add(script.id());
            drop();
            return report.failed(e.subject() + ": " + e.discreet());
        }
    }

    /** Goes up here; the way back is tried beside. */
    private RehearsalResult upAndBack(
            Script script, ScratchDatabase database, RehearsalReport report) {
        var witness = new RowsBefore(origin.hasRows(), script);
        var before = report.before(known == null ? RevisionReplay.read(database) : known);
        witness.before(database);
        report.up(DowngradeTrial.timed(() -> replay.up(database, List.of(script.id()))));
        at = graph.headsOf(with(graph.closure(List.of(script.id())), origin.applied()));
        var after = report.after(RevisionReplay.read(database));
        known = after;
        report.gone(gone(before, after));
        report.made(gone(after, before), AdditiveCheck.is(script, before, after));
        witness.after(database, before, after);
        if (script.irreversible() != null) {
            trial.follow(database, script);
            return report.irreversible(script.irreversible());
        }
        return trial.run(
                database, new DowngradeTrial.Subject(script, witness, before, after), report);
    }

    private static Set<String> with(Set<String> some, Set<String> more) {
        var all = new HashSet<>(some);
        all.addAll(more);
        return all;
    }

    /** The database that goes from revision to revision, with exactly these heads. */
    private ScratchDatabase lineAt(Set<String> heads) {
        var current = line;
        if (current == null || !at.equals(Set.copyOf(heads))) {
            drop();
            current = origin.fresh();
            line = current;
            replay.up(current, graph.sorted(heads));
            at = Set.copyOf(heads);
        }
        return current;
    }

    private void drop() {
        if (line != null) {
            line.close();
            line = null;
        }
        known = null;
        trial.drop();
    }

    /** Tables, and columns of tables that stay, that only the first has. */
    private static List<String> gone(Catalog before, Catalog after) {
        return before.items().keySet().stream()
                .filter(id -> id.kind() == ObjectKind.TABLE || id.kind() == ObjectKind.COLUMN)
                .filter(id -> after.get(id) == null)
                .filter(id ->
                        after.get(new ItemId(ObjectKind.TABLE, "", id.relation())) != null
                                || id.kind() == ObjectKind.TABLE)
                .map(ItemId::fullName)
                .toList();
    }

    @Override
    public void close() {
        drop();
    }
}
