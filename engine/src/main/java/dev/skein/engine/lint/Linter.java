// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint;

import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.revision.Revision;
import dev.skein.engine.revision.RevisionGraph;
import dev.skein.engine.scratch.ScratchDatabase;
import dev.skein.engine.scratch.ScratchServer;
import dev.skein.engine.script.Script;
import dev.skein.engine.script.ScriptPiece;
import dev.skein.engine.script.Scripts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
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
        this.rules = List.copyOf(rules);
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
     */
    public List<LintFinding> run(Collection<String> ids, Consumer<String> each) {
        var findings = new ArrayList<LintFinding>();
        for (var id : ids) {
            each.accept(id);
            if (!isBlocked(id)) {
                findings.addAll(one(scripts.get(id)));
            }
        }
        var all = new ArrayList<LintFinding>();
        for (var entry : stopped.entrySet()) {
            all.add(told(scripts.get(entry.getKey()), entry.getValue()));
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

    private LintFinding told(Script script, StatementObserver.Stopped why) {
        int behind = waiting.getOrDefault(script.id(), List.of()).size();
        var not =
                behind == 0
                        ? ""
                        : "; "
                                + behind
                                + (behind == 1
                                        ? " revision that needs it was"
                                        : " revisions that need it were")
                                + " not judged";
        return new LintFinding(
                CANNOT_RUN,
                "cannot-run",
                LintLevel.ERROR,
                script.id(),
                script.file(),
                why.line(),
                why.what() + not,
                why.instead());
    }

    private List<LintFinding> one(Script script) {
        var needs = graph.closure(script.revision().requires());
        var whole = new WholeRevisionRules(script, levels, off);
        var findings = new ArrayList<>(whole.misfits());
        var database = lineAt(needs);
        if (database == null) {
            isBlocked(script.id());
            return allowed(script, findings, false);
        }
        var judge = new Judge(findings);
        var stop = new StatementObserver(database, bound).run(script, judge::one);
        if (stop != null) {
            stopped.put(script.id(), stop);
            close();
            return allowed(script, findings, false);
        }
        judge.whole();
        at = Set.copyOf(graph.closure(List.of(script.id())));
        findings.addAll(whole.judge(graph.heads()));
        return allowed(script, findings, true);
    }

    /** Asks every rule about the statements of one revision, and about all of them together. */
    private final class Judge {
        private final List<LintFinding> findings;
        private final Map<ItemId, ScriptPiece.Statement> makers = new HashMap<>();
        private @Nullable StatementEffect last;

        Judge(List<LintFinding> findings) {
            this.findings = findings;
        }

        void one(StatementEffect effect) {
            effect.differences().forEach(d -> makers.putIfAbsent(d.id(), effect.statement()));
            last = effect;
            rules.stream().filter(rule -> !rule.isAboutWhole()).forEach(r -> ask(r, effect));
        }

        void whole() {
            if (last != null) {
                var effect = last.fromStart();
                var head = graph.heads().contains(effect.script().id());
                rules.stream()
                        .filter(rule -> rule.isAboutWhole() && (head || !rule.isAboutHead()))
                        .forEach(rule -> ask(rule, effect));
            }
        }

        private void ask(LintRule rule, StatementEffect effect) {
            if (off.contains(rule.id())) {
                return;
            }
            rule.judge(
                    effect,
                    new LintRule.Found() {
                        @Override
                        public void tell(String what, String instead) {
                            findings.add(of(rule, effect, effect.statement(), what, instead));
                        }

                        @Override
                        public void tellOf(ItemId object, String what, String instead) {
                            var maker = makers.getOrDefault(object, effect.statement());
                            findings.add(of(rule, effect, maker, what, instead));
                        }
                    });
        }
    }

    private LintFinding of(
            LintRule rule,
            StatementEffect effect,
            ScriptPiece.Statement statement,
            String what,
            String instead) {
        return new LintFinding(
                rule.id(),
                rule.name(),
                levels.getOrDefault(rule.id(), rule.level()),
                effect.script().id(),
                effect.script().file(),
                statement.line(),
                what,
                instead);
    }

    /**
     * Without what the file allows; an allowance that nothing needs is a finding itself.
     *
     * @param all whether these are all that there are
     */
    private List<LintFinding> allowed(Script script, List<LintFinding> findings, boolean all) {
        var used = new HashSet<String>();
        var left = new ArrayList<LintFinding>();
        for (var finding : findings) {
            var key =
                    List.of(finding.rule(), finding.name()).stream()
                            .filter(script.allowed()::containsKey)
                            .findFirst();
            if (key.isPresent()) {
                used.add(key.get());
            } else {
                left.add(finding);
            }
        }
        for (var allowed : script.allowed().keySet()) {
            if (all && !used.contains(allowed) && !off.contains(WholeRevisionRules.UNUSED)) {
                left.add(new WholeRevisionRules(script, levels, off).unused(allowed));
            }
        }
        return left;
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
