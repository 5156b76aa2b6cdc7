// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.generate;

import dev.skein.engine.ddl.ChangePart;
import dev.skein.engine.ddl.text.DdlStatement;
import java.util.List;

/**
 * The way back from one part of a change.
 *
 * @param statements from after the part to before it, whether or not they fit into its file
 * @param arrives whether there are statements that lead there
 */
record DowngradePart(List<DdlStatement> statements, ChangePart of, boolean arrives) {
    /** The downgrade section of the part's file. */
    String section() {
        if (!possible()) {
            return "\n--@ downgrade: irreversible \"" + why() + "\"\n";
        }
        return "\n--@ downgrade\n" + SectionText.of(of.transactional(), statements);
    }

    /** Outside a transaction nothing is undone by a failure: only what stands alone goes there. */
    private boolean possible() {
        return arrives
                && (of.transactional() || statements.stream().allMatch(DdlStatement::isAlone));
    }

    private String why() {
        if (!arrives) {
            return "what a table has by itself cannot become what it only inherits";
        }
        var sql = of.statements().getFirst().sql();
        return sql.contains(" ADD VALUE ")
                ? "a value of an enum cannot be removed while rows may hold it"
                : "the way back does not fit outside a transaction";
    }
}
