// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.data;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.CatalogItem;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RuleBase;
import dev.skein.engine.lint.rules.support.StatementWords;
import dev.skein.engine.lint.rules.support.TypeBounds;
import org.jspecify.annotations.Nullable;

/** A cast that may not work for every value. */
public final class CastOnRows extends RuleBase {
    public CastOnRows() {
        super("SK406", "cast-on-rows", LintLevel.ADVICE);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {
        var uses = StatementWords.in(effect, "USING");
        for (var change : effect.changed(ObjectKind.COLUMN, Attribute.TYPE)) {
            var old = change.before() != null && effect.isInUse(change.id().relation());
            var fails = TypeBounds.mayFail(text(change.before()), text(change.after()));
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
        return column == null ? "" : column.text(Attribute.TYPE);
    }
}
