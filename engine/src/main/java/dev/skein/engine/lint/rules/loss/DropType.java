// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.loss;

import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RuleBase;
import java.util.List;

/** A type, extension or sequence that goes. */
public final class DropType extends RuleBase {
    private static final List<ObjectKind> KINDS =
            List.of(
                    ObjectKind.EXTENSION,
                    ObjectKind.ENUM_TYPE,
                    ObjectKind.DOMAIN,
                    ObjectKind.RANGE_TYPE,
                    ObjectKind.COMPOSITE_TYPE);

    public DropType() {
        super("SK309", "drop-type", LintLevel.WARNING);
    }

    @Override
    public boolean isAboutWhole() {
        return true;
    }

    @Override
    public void judge(StatementEffect effect, Found found) {
        for (var kind : KINDS) {
            for (var item : effect.gone(kind)) {
                var now = effect.successor(item);
                if (now == null) {
                    found.tellOf(
                            item.id(),
                            item.id() + " is gone: who uses it in a tenant's own objects fails",
                            "See first who uses it, in every tenant");
                } else if (!now.equals(item)) {
                    found.tellOf(
                            item.id(),
                            item.id()
                                    + " is another one: it was "
                                    + item.inWords()
                                    + ", and is "
                                    + now.inWords(),
                            "See that every client can read both");
                }
            }
        }
    }
}
