// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.loss;

import dev.skein.engine.catalog.CatalogItem;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RuleBase;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
                judge(item, effect.successor(item), found);
            }
        }
    }

    private static void judge(CatalogItem item, @Nullable CatalogItem now, Found found) {
        if (now == null) {
            found.tellOf(
                    item.id(),
                    item.id() + " is gone: who uses it in a tenant's own objects fails",
                    "See first who uses it, in every tenant");
        } else if (!now.equals(item)) {
            found.tellOf(
                    item.id(),
                    "%s is another one: it was %s, and is %s"
                            .formatted(item.id(), item.inWords(), now.inWords()),
                    "See that every client can read both");
        }
    }
}
