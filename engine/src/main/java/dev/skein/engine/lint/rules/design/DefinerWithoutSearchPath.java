// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.design;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RuleBase;
import dev.skein.engine.script.SqlWords;
import java.util.List;

/** A function with its owner's rights that whoever calls it can lead astray. */
public final class DefinerWithoutSearchPath extends RuleBase {
    public DefinerWithoutSearchPath() {
        super("SK713", "definer-without-search-path", LintLevel.WARNING);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {
        for (var kind : List.of(ObjectKind.FUNCTION, ObjectKind.PROCEDURE)) {
            for (var routine : effect.now(kind)) {
                var words = SqlWords.of(routine.text(Attribute.DEFINITION));
                if (SqlWords.have(words, "SECURITY", "DEFINER")
                        && !SqlWords.have(words, "SET", "SEARCH_PATH", "TO")) {
                    found.tell(
                            routine.id() + " finds its tables by the search path of who calls it",
                            "SET search_path = pg_catalog, and names with their schema");
                }
            }
        }
    }
}
