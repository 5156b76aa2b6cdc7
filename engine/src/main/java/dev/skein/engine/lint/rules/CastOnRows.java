// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.catalog.CatalogItem;
import dev.skein.engine.catalog.Kind;
import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;
import org.jspecify.annotations.Nullable;

/** A cast that may not work for every value. */
final class CastOnRows extends Base {
    CastOnRows() {
        super("SK406", "cast-on-rows", Level.ADVICE);
    }

    @Override
    public void judge(Effect effect, Found found) {
        var uses = Said.in(effect, "USING");
        for (var change : effect.changed(Kind.COLUMN, "type")) {
            var old = change.before() != null && effect.isInUse(change.id().relation());
            var fails = Types.mayFail(text(change.before()), text(change.after()));
            if (old && uses && fails && effect.script().precheck().isEmpty()) {
                found.tell(
                        "it fails where a value of "
                                + change.id().fullName()
                                + " cannot be converted",
                        "--@ precheck: a query that is true where every value can be");
            }
        }
    }

    private static String text(@Nullable CatalogItem column) {
        return column == null ? "" : column.text("type");
    }
}
