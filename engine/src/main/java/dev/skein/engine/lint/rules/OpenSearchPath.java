// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.catalog.Kind;
import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;
import dev.skein.engine.script.SqlWords;
import java.util.List;

/** A function with its owner's rights that whoever calls it can lead astray. */
final class OpenSearchPath extends Base {
    OpenSearchPath() {
        super("SK713", "definer-without-search-path", Level.WARNING);
    }

    @Override
    public void judge(Effect effect, Found found) {
        for (var kind : List.of(Kind.FUNCTION, Kind.PROCEDURE)) {
            for (var routine : effect.now(kind)) {
                var words = SqlWords.of(routine.text("definition"));
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
