// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint;

import dev.skein.engine.SkeinException;
import dev.skein.engine.revision.Revision;
import dev.skein.engine.revision.RevisionGraph;
import dev.skein.engine.scratch.ScratchDatabase;
import dev.skein.engine.scratch.ScratchServer;
import dev.skein.engine.script.Script;
import dev.skein.engine.script.Scripts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs revisions on a scratch database and has every rule judge what they were seen to do. */
public final class Linter implements AutoCloseable {
    /** Told of a revision that ends with an error; it can be neither allowed nor switched off. */
    private static final String CANNOT_RUN = "SK900";

    private final ScratchServer server;
    private final Scripts scripts;
    private final RevisionGraph graph;
    private final Duration bound;
    private final List<LintRule> rules;
    private final Map<String, LintLevel> levels;
    private final Set<String> off;
    private final Map<String, StatementObserver.Stopped> stopped = new LinkedHashMap<>();
    private final Map<String, List<String>> waiting = new HashMap<>();
    private @Nullable ScratchDatabase line;
    private Set<String> at = Set.of();

    /**
     * @param bound for each statement
     * @param rules to ask
     * @param levels of rules by id, where they are not as usual
     * @param off ids of rules that are not asked
     */
    public Linter(
            ScratchServer server,
            Scripts scripts,
            Duration bound,
            List<LintRule> rules,
            Map<String, LintLevel> levels,
            Set<String> off) {
        this.rules = rules.stream().filter(rule -> !off.contains(rule.id())).toList();
        this.server = server;
        this.scripts = scripts;
        this.graph = scripts.graph();
        this.bound = bound;
        this.levels = Map.copyOf(levels);
        this.off = Set.copyOf(off);
    }

    /**
     * Judges revisions.
     *
     * @param ids in the graph's order
     * @param each hears of every revision before it is run
     * @throws SkeinException if a scratch database cannot be had; a revision that fails is a
     *     finding
     */
    public List<LintFinding> run(Collection<String> ids, Consumer<String> each) {
        var findings = new ArrayList<LintFinding>();
        for (var id : ids) {
            each.accept(id);
            if (!isBlocked(id)) {
                findings.addAll(judge(scripts.get(id)));
            }
        }
        var all = new ArrayList<LintFinding>();
        for (var entry : stopped.entrySet()) {
            all.add(cannotRun(scripts.get(entry.getKey()), entry.getValue()));
        }
        all.addAll(findings);
        var order = graph.inOrder().stream().map(Revision::id).toList();
        all.sort(Comparator.comparingInt(finding -> order.indexOf(finding.revision())));
        return all;
    }

    /** Whether something that it needs is known not to run. */
    private boolean isBlocked(String id) {
        var needs = graph.closure(scripts.get(id).revision().requires());
        var broken = needs.stream().filter(stopped::containsKey).findFirst();
        broken.ifPresent(b -> waiting.computeIfAbsent(b, key -> new ArrayList<>()).add(id));
        return broken.isPresent() || stopped.containsKey(id);
    }

    private LintFinding cannotRun(Script script, StatementObserver.Stopped why) {
        return new LintFinding(
                CANNOT_RUN,
                "cannot-run",
                LintLevel.ERROR,
                script.id(),
                script.file(),
                why.line(),
                why.what() + notJudged(script.id()),
                why.instead());
    }

    /** How many revisions are not judged since they need one. */
    private String notJudged(String id) {
        int behind = waiting.getOrDefault(id, List.of()).size();
        return switch (behind) {
            case 0 -> "";
            case 1 -> "; 1 revision that needs it was not judged";
            default -> "; " + behind + " revisions that need it were not judged";
        };
    }

    private List<LintFinding> judge(Script script) {
        var needs = graph.closure(script.revision().requires());
        var whole = new WholeRevisionRules(script, levels, off);
        var findings = new ArrayList<>(whole.misfits());
        var database = lineAt(needs);
        if (database == null) {
            isBlocked(script.id());
            return whole.withoutAllowed(findings, false);
        }
        var judge = new RevisionJudge(rules, levels, findings);
        var stop = new StatementObserver(database, bound).run(script, judge::judge);
        if (stop != null) {
            stopped.put(script.id(), stop);
            close();
            return whole.withoutAllowed(findings, false);
        }
        judge.judgeWhole(graph.heads().contains(script.id()));
        at = Set.copyOf(graph.closure(List.of(script.id())));
        findings.addAll(whole.judge(graph.heads()));
        return whole.withoutAllowed(findings, true);
    }

    /** The database with exactly these applied; null where one of them cannot be run. */
    private @Nullable ScratchDatabase lineAt(Set<String> applied) {
        var current = line;
        if (current == null || !at.equals(applied)) {
            close();
            current = server.database();
            line = current;
            at = Set.copyOf(applied);
            for (var id : graph.sorted(applied)) {
                var stop = new StatementObserver(current, bound).run(scripts.get(id), null);
                if (stop != null) {
                    stopped.put(id, stop);
                    close();
                    return null;
                }
            }
        }
        return current;
    }

    @Override
    public void close() {
        if (line != null) {
            line.close();
            line = null;
        }
    }
}
