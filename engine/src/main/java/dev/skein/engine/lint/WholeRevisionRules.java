// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint;

import dev.skein.engine.script.MismatchedStatements;
import dev.skein.engine.script.Script;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What is judged of a whole file rather than of a statement. */
final class WholeRevisionRules {
    private static final String UNUSED = "SK210";
    private static final String NO_WAY_BACK = "SK308";
    private static final String SEVERAL = "SK718";

    private final Script script;
    private final Map<String, LintLevel> levels;
    private final Set<String> off;

    WholeRevisionRules(Script script, Map<String, LintLevel> levels, Set<String> off) {
        this.script = script;
        this.levels = levels;
        this.off = off;
    }

    /**
     * @param heads of all revisions
     */
    List<LintFinding> judge(Collection<String> heads) {
        var findings = new ArrayList<LintFinding>();
        var back = script.hasWayBack() || script.irreversible() != null;
        if (!back && !off.contains(NO_WAY_BACK)) {
            findings.add(noWayBack());
        }
        if (heads.size() > 1 && heads.contains(script.id()) && !off.contains(SEVERAL)) {
            findings.add(severalHeads(heads.size()));
        }
        return findings;
    }

    private LintFinding noWayBack() {
        return finding(
                NO_WAY_BACK,
                "no-way-back",
                LintLevel.ERROR,
                "it has no downgrade",
                "Write one, or say: --@ downgrade: irreversible \"<why>\"");
    }

    private LintFinding severalHeads(int heads) {
        return finding(
                SEVERAL,
                "several-heads",
                LintLevel.WARNING,
                "it is a head among " + heads + ": there is no one way to go",
                "skein merge --check");
    }

    /** What the file must not run, which no settings switch off. */
    List<LintFinding> misfits() {
        return Stream.of(MismatchedStatements.up(script), MismatchedStatements.down(script))
                .flatMap(Optional::stream)
                .map(m ->
                        new LintFinding(
                                MismatchedStatements.RULE,
                                MismatchedStatements.NAME,
                                LintLevel.ERROR,
                                script.id(),
                                script.file(),
                                m.line(),
                                m.found(),
                                m.remedy()))
                .toList();
    }

    /**
     * Without what the file allows; an allowance that nothing needs is a finding itself.
     *
     * @param all whether these are all that there are
     */
    List<LintFinding> withoutAllowed(List<LintFinding> findings, boolean all) {
        var used = new HashSet<String>();
        var left = new ArrayList<LintFinding>();
        for (var finding : findings) {
            var key = allowance(finding);
            if (key.isPresent()) {
                used.add(key.get());
            } else {
                left.add(finding);
            }
        }
        if (all && !off.contains(UNUSED)) {
            var unused = new ArrayList<>(script.allowed().keySet());
            unused.removeAll(used);
            unused.forEach(rule -> left.add(unused(rule)));
        }
        return left;
    }

    /** What the file allows a finding by: its rule or name. */
    private Optional<String> allowance(LintFinding finding) {
        return Stream.of(finding.rule(), finding.name())
                .filter(script.allowed()::containsKey)
                .findFirst();
    }

    private LintFinding unused(String rule) {
        return finding(
                UNUSED,
                "unused-allow",
                LintLevel.ADVICE,
                "it allows " + rule + ", which finds nothing here",
                "Remove the line");
    }

    private LintFinding finding(
            String rule, String name, LintLevel level, String what, String instead) {
        return new LintFinding(
                rule,
                name,
                levels.getOrDefault(rule, level),
                script.id(),
                script.file(),
                1,
                what,
                instead);
    }
}
