// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class CatalogItemsTest {
    private final CatalogItems items = CatalogItems.TEMPLATE;

    private static String selects(CatalogItems items) {
        return items.kinds().stream()
                .map(CatalogItems.Kind::select)
                .collect(Collectors.joining("\n"));
    }

    @Test
    void everyKindOfObjectIsReadSomewhere() {
        var text = selects(items);
        for (var kind : ObjectKind.values()) {
            assertThat(text).contains("'" + kind.words() + "'");
        }
    }

    @Test
    void aRareKindSaysWhatMakesItAndHowToFindIt() {
        var policy =
                items.rare().stream()
                        .filter(kind -> kind.select().contains("'policy'"))
                        .findFirst()
                        .orElseThrow();
        assertThat(policy.words()).containsExactly("POLICY");
        assertThat(policy.exists()).isEqualTo("pg_relation_size('pg_policy') > 0");
        assertThat(policy.madeBy(Set.of("CREATE", "POLICY"))).isTrue();
        assertThat(policy.madeBy(Set.of("CREATE", "TABLE"))).isFalse();
    }

    @Test
    void onlyRareKindsAreLeftOut() {
        var left = items.without(kind -> true);
        assertThat(left.rare()).isEmpty();
        assertThat(selects(left)).contains("'column'", "'view'").doesNotContain("'policy'");
        assertThat(items.without(kind -> false)).isEqualTo(items);
        assertThat(left.kinds()).hasSize(items.kinds().size() - items.rare().size());
    }

    @Test
    void everyKindStandsInTheStatementOnce() {
        assertThat(items.sql().split("UNION ALL\n"))
                .hasSizeGreaterThanOrEqualTo(items.kinds().size());
        assertThat(items.sql()).contains(items.objects(), items.collapsed());
    }

    @Test
    void whatPartitionsTakeIsLeftOutWithThem() {
        var none = items.without(CatalogItems.Kind::ofPartitions).sql();
        assertThat(none).contains("FROM plain_item").doesNotContain("collapsed_item", ":items");
        assertThat(items.sql()).contains("FROM collapsed_item").doesNotContain(":items");
    }
}
