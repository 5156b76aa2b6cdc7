// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.rows;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RuleBase;
import dev.skein.engine.script.SqlWords;
import java.util.List;

/** A function that puts SQL together from texts. */
public final class DynamicSql extends RuleBase {
    public DynamicSql() {
        super("SK608", "dynamic-sql", LintLevel.ADVICE);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {
        for (var kind : List.of(ObjectKind.FUNCTION, ObjectKind.PROCEDURE)) {
            for (var routine : effect.now(kind)) {
                if (SqlWords.withStrings(routine.text(Attribute.DEFINITION)).stream()
                        .anyMatch(DynamicSql::joins)) {
                    found.tell(
                            routine.id() + " runs a text that is put together with ||",
                            "EXECUTE format('… %I …', name) USING value");
                }
            }
        }
    }

    /** Whether what EXECUTE is given is joined; format() quotes what it joins. */
    private static boolean joins(List<String> words) {
        boolean inside = false;
        for (int at = 0; at < words.size(); at++) {
            if (SqlWords.are(words, at, "EXECUTE")) {
                int next = at + 1;
                inside =
                        List.of("FUNCTION", "PROCEDURE", "FORMAT").stream()
                                .noneMatch(word -> SqlWords.are(words, next, word));
            }
            inside &= !words.get(at).equals(";");
            if (inside && SqlWords.are(words, at, "|", "|")) {
                return true;
            }
        }
        return false;
    }
}
