// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.rehearse;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.CatalogDifference;
import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.catalog.Kind;
import dev.skein.engine.revision.RevisionGraph;
import dev.skein.engine.scratch.ScratchDatabase;
import dev.skein.engine.scratch.ScratchServer;
import dev.skein.engine.script.Script;
import dev.skein.engine.script.Scripts;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs revisions up, down and up again on scratch databases. The way back is tried on a copy, so
 * that one that leads astray spoils nothing for the revisions after it.
 */
public final class Rehearsal implements AutoCloseable {
    /** How many ways back are tried at the same time. */
    private static final int BESIDE = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4);

    private final Origin origin;
    private final Scripts scripts;
    private final RevisionGraph graph;
    private final Replay replay;
    private final Set<String> failed = new HashSet<>();
    private @Nullable ScratchDatabase line;
    private Set<String> at = Set.of();

    /**
     * @param bound for each statement
     */
    public Rehearsal(ScratchServer server, Scripts scripts, Duration bound) {
        this(Origin.empty(server), scripts, bound);
    }

    /**
     * @param origin where it starts; the revisions that are to be rehearsed are not applied there
     * @param bound for each statement
     */
    public Rehearsal(Origin origin, Scripts scripts, Duration bound) {
        this.origin = origin;
        this.scripts = scripts;
        this.graph = scripts.graph();
        this.replay = new Replay(scripts, bound);
    }

    /**
     * Rehearses revisions, each on a database where just what it needs is applied.
     *
     * @param ids in the graph's order
     * @param each hears of every revision as soon as it is done
     */
    public List<Rehearsed> run(Collection<String> ids, Consumer<Rehearsed> each) {
        var results = new ArrayList<Rehearsed>();
        var open = new ArrayDeque<Future<Rehearsed>>();
        try (var beside = Executors.newFixedThreadPool(BESIDE)) {
            for (var id : ids) {
                open.add(one(scripts.get(id), beside));
                while (open.size() > BESIDE) {
                    deliver(open.remove(), results, each);
                }
            }
            while (!open.isEmpty()) {
                deliver(open.remove(), results, each);
            }
        }
        return results;
    }

    private static void deliver(
            Future<Rehearsed> done, List<Rehearsed> results, Consumer<Rehearsed> each) {
        try {
            var result = done.get();
            results.add(result);
            each.accept(result);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SkeinException(ErrorCode.INTERRUPTED, "Rehearsal", "interrupted", "", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a rehearsal ended without a result", e.getCause());
        }
    }

    /** Goes up here; the way back is tried beside, on a copy, while others go up. */
    private Future<Rehearsed> one(Script script, ExecutorService beside) {
        var needs = graph.closure(script.revision().requires());
        var broken = needs.stream().filter(failed::contains).findFirst();
        var report = new Report(script);
        if (broken.isPresent()) {
            failed.add(script.id());
            return done(report.failed("revision " + broken.get() + ", which it needs, fails"));
        }
        try {
            var start = new HashSet<>(needs);
            start.addAll(origin.applied());
            var database = lineAt(graph.headsOf(start));
            var witness = new Witness(origin.hasRows(), script);
            var before = report.before(Replay.read(database));
            witness.before(database);
            report.up(timed(() -> replay.up(database, List.of(script.id()))));
            start.add(script.id());
            at = graph.headsOf(start);
            var after = report.after(Replay.read(database));
            report.gone(gone(before, after));
            report.made(gone(after, before), Additive.is(script, before, after));
            witness.after(database, before, after);
            if (script.irreversible() != null) {
                return done(report.irreversible(script.irreversible()));
            }
            var copy = Replay.copy(database);
            return beside.submit(() -> back(script, copy, report, witness, before, after));
        } catch (SkeinException e) {
            failed.add(script.id());
            drop();
            return done(report.failed(e.subject() + ": " + e.found()));
        }
    }

    private static Future<Rehearsed> done(Rehearsed result) {
        return CompletableFuture.completedFuture(result);
    }

    private Rehearsed back(
            Script script,
            ScratchDatabase copy,
            Report report,
            Witness witness,
            Catalog before,
            Catalog after) {
        try (copy) {
            report.down(timed(() -> replay.down(copy, script.id())));
            var differences = CatalogDifference.between(before, Replay.read(copy));
            if (!differences.isEmpty()) {
                return report.differs("its downgrade leads elsewhere", differences);
            }
            var judged = witness.judge(copy, report);
            replay.up(copy, List.of(script.id()));
            var again = CatalogDifference.between(after, Replay.read(copy));
            return again.isEmpty()
                    ? judged
                    : report.differs("the second upgrade leads elsewhere", again);
        } catch (SkeinException e) {
            return report.failed("the way back: " + e.found());
        }
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
    }

    /** Tables, and columns of tables that stay, that only the first has. */
    private static List<String> gone(Catalog before, Catalog after) {
        return before.items().keySet().stream()
                .filter(id -> id.kind() == Kind.TABLE || id.kind() == Kind.COLUMN)
                .filter(id -> after.get(id) == null)
                .filter(id ->
                        after.get(new ItemId(Kind.TABLE, "", id.relation())) != null
                                || id.kind() == Kind.TABLE)
                .map(ItemId::fullName)
                .toList();
    }

    private static Duration timed(Runnable work) {
        long began = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - began);
    }

    @Override
    public void close() {
        drop();
    }
}
