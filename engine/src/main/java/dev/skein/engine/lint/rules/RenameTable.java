// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;

/** A table in use that gets another name. */
final class RenameTable extends Base {
    RenameTable() {
        super("SK502", "rename-table", Level.ERROR);
    }

    @Override
    public void judge(Effect effect, Found found) {

        for (var names : effect.renamed()) {
            var bare = names.get(0).substring(names.get(0).lastIndexOf('.') + 1);
            var view =
                    java.util.regex.Pattern.compile(
                            "(?i)\\bVIEW\\s+(\\w+\\.)?"
                                    + java.util.regex.Pattern.quote(bare)
                                    + "\\b");
            if (view.matcher(effect.script().upgrade().sql()).find()) {
                continue; // the old name goes on, as a view
            }
            found.tell(
                    "clients that still say " + names.get(0) + " break",
                    "CREATE VIEW "
                            + names.get(0)
                            + " AS TABLE "
                            + names.get(1)
                            + " in the same revision");
        }
    }
}
