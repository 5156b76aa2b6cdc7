// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.design;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.CatalogItem;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RuleBase;
import java.util.regex.Pattern;

/** A foreign key whose own columns no index begins with. */
public final class UnindexedForeignKey extends RuleBase {
    private static final Pattern KEY = Pattern.compile("^FOREIGN KEY \\(([^)]*)\\)");

    public UnindexedForeignKey() {
        super("SK710", "unindexed-foreign-key", LintLevel.ADVICE);
    }

    @Override
    public boolean isAboutWhole() {
        return true;
    }

    @Override
    public void judge(StatementEffect effect, Found found) {
        for (var key : effect.made(ObjectKind.CONSTRAINT)) {
            var columns = KEY.matcher(key.text(Attribute.DEFINITION));
            if (columns.find()
                    && effect.members(key.id().relation()).stream()
                            .noneMatch(item -> begins(item, columns.group(1)))) {
                found.tellOf(
                        key.id(),
                        "removing a row that "
                                + key.id().fullName()
                                + " refers to reads all of "
                                + key.id().relation(),
                        "An index on (" + columns.group(1) + ")");
            }
        }
    }

    private static boolean begins(CatalogItem item, String columns) {
        var text = item.text(Attribute.DEFINITION);
        var index = item.id().kind() == ObjectKind.INDEX && !text.contains(" WHERE ");
        var key =
                item.id().kind() == ObjectKind.CONSTRAINT
                        && !text.startsWith("FOREIGN")
                        && !text.startsWith("CHECK");
        return (index || key)
                && (text.contains("(" + columns + ")") || text.contains("(" + columns + ","));
    }
}
