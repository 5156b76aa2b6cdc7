// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.locks;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.CatalogDifference;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RuleBase;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** SK134: a table that a statement does not change is kept from everybody all the same. */
public final class LocksOtherTable extends RuleBase {
    /** These name every table that they lock, or have a rule that does. */
    private static final List<String> NAMING = List.of("LOCK", "TRUNCATE", "VACUUM", "CLUSTER");

    public LocksOtherTable() {
        super("SK134", "locks-other-table", LintLevel.WARNING);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {
        if (effect.differences().isEmpty()
                || NAMING.stream().anyMatch(effect.statement()::starts)) {
            return;
        }
        var others = others(effect, own(effect));
        if (!others.isEmpty()) {
            found.tell(
                    "nobody can use "
                            + String.join(", ", others)
                            + " either, until the revision ends",
                    "In a short revision of its own");
        }
    }

    private static Set<String> own(StatementEffect effect) {
        var own =
                effect.differences().stream()
                        .flatMap(LocksOtherTable::tables)
                        .collect(Collectors.toSet());
        effect.tables().renamed().forEach(own::addAll);
        own.addAll(detachedFrom(effect));
        return own;
    }

    private static List<String> others(StatementEffect effect, Set<String> own) {
        return effect.tables().locked(StatementEffect.EXCLUSIVE).stream()
                .filter(table -> !own.contains(table))
                .filter(table -> effect.parents(table).stream().noneMatch(own::contains))
                .toList();
    }

    private static Stream<String> tables(CatalogDifference difference) {
        var id = difference.id();
        return Stream.of(id.kind() == ObjectKind.TABLE ? id.name() : id.relation());
    }

    /** The rule about detaching names them. */
    private static Set<String> detachedFrom(StatementEffect effect) {
        return effect.changed(ObjectKind.TABLE, Attribute.PARTITION_BOUND).stream()
                .map(CatalogDifference::before)
                .filter(Objects::nonNull)
                .map(table -> table.text(Attribute.PARENTS))
                .collect(Collectors.toSet());
    }
}
