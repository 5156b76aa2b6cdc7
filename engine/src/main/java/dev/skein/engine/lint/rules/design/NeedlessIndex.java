// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.design;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.CatalogItem;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RuleBase;
import java.util.Optional;
import java.util.regex.Pattern;

/** An index that another one makes needless, or that hardly anything can use. */
public final class NeedlessIndex extends RuleBase {
    private static final Pattern COLUMNS = Pattern.compile("^[^(]*\\([^(),]+(, [^(),]+){3,}\\)");

    public NeedlessIndex() {
        super("SK711", "needless-index", LintLevel.ADVICE);
    }

    @Override
    public boolean isAboutWhole() {
        return true;
    }

    @Override
    public void judge(StatementEffect effect, Found found) {
        for (var index : effect.made(ObjectKind.INDEX)) {
            judge(index, twin(effect, index), found);
        }
    }

    private static void judge(CatalogItem index, Optional<CatalogItem> twin, Found found) {
        var name = index.id().name();
        if (twin.isPresent()) {
            var again = name + " is " + twin.get().id().name() + " once more";
            found.tellOf(index.id(), again, "Leave it out");
        } else if (isTooWide(index)) {
            found.tellOf(
                    index.id(),
                    name + " has more than three columns; the last ones seldom help",
                    "The columns that tell rows apart best, at most three");
        }
    }

    private static Optional<CatalogItem> twin(StatementEffect effect, CatalogItem index) {
        return effect.members(index.id().relation()).stream()
                .filter(other -> other.id().kind() == ObjectKind.INDEX)
                .filter(other -> !other.id().equals(index.id()))
                .filter(other -> tail(other).equals(tail(index)))
                .filter(other -> isUnique(other) || !isUnique(index))
                .findFirst();
    }

    private static boolean isTooWide(CatalogItem index) {
        return !isUnique(index) && COLUMNS.matcher(tail(index)).find();
    }

    private static boolean isUnique(CatalogItem index) {
        return index.text(Attribute.DEFINITION).startsWith("CREATE UNIQUE");
    }

    private static String tail(CatalogItem index) {
        var text = index.text(Attribute.DEFINITION);
        return text.substring(text.indexOf(" USING ") + 1);
    }
}
