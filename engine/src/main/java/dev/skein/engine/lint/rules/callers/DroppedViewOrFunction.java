// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.callers;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.CatalogItem;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RuleBase;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A view or function in use that is gone, or other arguments for it. */
public final class DroppedViewOrFunction extends RuleBase {
    private static final List<ObjectKind> KINDS =
            List.of(
                    ObjectKind.VIEW,
                    ObjectKind.MATERIALIZED_VIEW,
                    ObjectKind.FUNCTION,
                    ObjectKind.PROCEDURE);
    private static final String INSTEAD = "Leave it beside the new one until nobody uses it";

    public DroppedViewOrFunction() {
        super("SK507", "dropped-view-or-function", LintLevel.WARNING);
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
        var other = now == null ? List.<String>of() : other(item, now);
        if (now == null) {
            found.tellOf(item.id(), item.id() + " is gone for who uses it", INSTEAD);
        } else if (!other.isEmpty()) {
            found.tellOf(
                    item.id(), item.id() + " no longer gives " + String.join(", ", other), INSTEAD);
        }
    }

    /** What callers saw of it and do not see any more: columns with their types, or the result. */
    private static List<String> other(CatalogItem was, CatalogItem is) {
        var other = new ArrayList<>(shape(was));
        other.removeAll(shape(is));
        return other;
    }

    private static List<String> shape(CatalogItem item) {
        return item.has(Attribute.COLUMNS)
                ? List.of(item.text(Attribute.COLUMNS).split(", "))
                : List.of(item.text(Attribute.RESULT));
    }
}
