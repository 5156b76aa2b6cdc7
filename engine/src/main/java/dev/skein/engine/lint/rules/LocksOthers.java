// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.catalog.CatalogDifference;
import dev.skein.engine.catalog.Kind;
import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** SK134: a table that a statement does not change is kept from everybody all the same. */
final class LocksOthers extends Base {
    /** These name every table that they lock, or have a rule that does. */
    private static final List<String> NAMING = List.of("LOCK", "TRUNCATE", "VACUUM", "CLUSTER");

    LocksOthers() {
        super("SK134", "locks-other-table", Level.WARNING);
    }

    @Override
    public void judge(Effect effect, Found found) {
        if (effect.differences().isEmpty()
                || NAMING.stream().anyMatch(effect.statement()::starts)) {
            return;
        }
        var own =
                effect.differences().stream()
                        .flatMap(LocksOthers::tables)
                        .collect(Collectors.toSet());
        effect.renamed().forEach(own::addAll);
        own.addAll(detachedFrom(effect));
        var others =
                effect.locked(Effect.EXCLUSIVE).stream()
                        .filter(table -> !own.contains(table))
                        .filter(table -> effect.parents(table).stream().noneMatch(own::contains))
                        .toList();
        if (!others.isEmpty()) {
            found.tell(
                    "nobody can use "
                            + String.join(", ", others)
                            + " either, until the revision ends",
                    "In a short revision of its own");
        }
    }

    private static Stream<String> tables(CatalogDifference difference) {
        var id = difference.id();
        return Stream.of(id.kind() == Kind.TABLE ? id.name() : id.relation());
    }

    /** The rule about detaching names them. */
    private static Set<String> detachedFrom(Effect effect) {
        return effect.changed(Kind.TABLE, "partition bound").stream()
                .map(CatalogDifference::before)
                .filter(Objects::nonNull)
                .map(table -> table.text("parents"))
                .collect(Collectors.toSet());
    }
}
