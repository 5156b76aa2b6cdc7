// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint;

import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.script.ScriptPiece;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks every rule about the statements of one revision, and about all of them together. */
final class RevisionJudge {
    private final List<LintRule> rules;
    private final Map<String, LintLevel> levels;
    private final List<LintFinding> findings;
    private final Map<ItemId, ScriptPiece.Statement> makers = new HashMap<>();
    private @Nullable StatementEffect last;

    /**
     * @param rules to ask
     * @param levels of rules by id, where they are not as usual
     * @param findings where those go that are found
     */
    RevisionJudge(List<LintRule> rules, Map<String, LintLevel> levels, List<LintFinding> findings) {
        this.rules = rules;
        this.levels = levels;
        this.findings = findings;
    }

    /** Judges a statement. */
    void judge(StatementEffect effect) {
        effect.differences().forEach(d -> makers.putIfAbsent(d.id(), effect.statement()));
        last = effect;
        rules.stream().filter(rule -> !rule.isAboutWhole()).forEach(r -> ask(r, effect));
    }

    /**
     * Judges what all statements so far did together.
     *
     * @param head whether no revision follows it
     */
    void judgeWhole(boolean head) {
        if (last != null) {
            var effect = last.fromStart();
            rules.stream()
                    .filter(rule -> rule.isAboutWhole() && (head || !rule.isAboutHead()))
                    .forEach(rule -> ask(rule, effect));
        }
    }

    private void ask(LintRule rule, StatementEffect effect) {
        rule.judge(
                effect,
                new LintRule.Found() {
                    @Override
                    public void tell(String what, String instead) {
                        findings.add(finding(rule, effect, effect.statement(), what, instead));
                    }

                    @Override
                    public void tellOf(ItemId object, String what, String instead) {
                        var maker = makers.getOrDefault(object, effect.statement());
                        findings.add(finding(rule, effect, maker, what, instead));
                    }
                });
    }

    private LintFinding finding(
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
}
