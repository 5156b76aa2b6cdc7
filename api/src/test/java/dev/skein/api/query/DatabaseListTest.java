// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.api.fleet.DatabaseSelector;
import dev.skein.api.fleet.FleetDatabase;
import dev.skein.api.query.FleetViews.DatabaseView;
import dev.skein.api.testing.OnApiDatabase;
import dev.skein.engine.SkeinException;
import dev.skein.service.page.ListPage;
import dev.skein.service.page.PageCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages hold what all of it holds, and what a selector says of one holds in SQL, too. */
class DatabaseListTest extends OnApiDatabase {
    private static final int ALL = 1203;

    @BeforeEach
    void fleet() {
        migrate("heads");
        database.run(
                """
                INSERT INTO fleet_database (uid, site, server, name, agent, heads, seq, accepted, size_bytes,
                    server_major, labels, reported_at, seen_at, present_at)
                SELECT md5(n::text), CASE n % 2 WHEN 0 THEN 'eu' ELSE 'us' END, 'main',
                    CASE WHEN n % 100 = 7 THEN 'same' WHEN n % 100 = 8 THEN 'a_b%c\\d' || n ELSE 'Tenant-' || n END,
                    'x-1', '{a}', 1, 0, 1, 15,
                    CASE WHEN n % 3 = 0 THEN '{}' ELSE jsonb_build_object('tier', 'gold_' || n % 5) END,
                    now(), now(), now()
                FROM generate_series(1, 1203) n\
                """);
    }

    private ListPage<DatabaseView> page(String select, int limit, String after) {
        var selector = DatabaseSelector.parse(select);
        return db.call(tx -> DatabaseList.page(tx, selector, limit, false, after));
    }

    private List<DatabaseView> all(String select, int limit) {
        var rows = new ArrayList<DatabaseView>();
        var next = Optional.of("");
        while (next.isPresent()) {
            var page = page(select, limit, next.get());
            assertThat(page.rows()).hasSizeLessThanOrEqualTo(limit);
            rows.addAll(page.rows());
            next = Optional.ofNullable(page.next());
        }
        return rows;
    }

    @Test
    void pagesTogetherAreTheWholeListOnceAndInOrder() {
        var all = all("", 100);
        assertThat(all).hasSize(ALL).doesNotHaveDuplicates();
        assertThat(all)
                .isSortedAccordingTo(
                        java.util.Comparator.comparing(DatabaseView::name)
                                .thenComparing(DatabaseView::site)
                                .thenComparing(DatabaseView::uid));
        assertThat(page("", 100_000, "").rows()).hasSize(ListPage.MOST);
        assertThat(all("", 401)).isEqualTo(all);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name = same",
                "name = Tenant-1*",
                "name = *-10*",
                "name = a_b*",
                "name in (Tenant-1, Tenant-2*, same)",
                "name not in (Tenant-1, Tenant-2*, same)",
                "name in (a_b%c\\d*)",
                "name in (A_B%*)",
                "name in ()",
                "name not in ()",
                "tier = gold_1",
                "tier = gold_*",
                "tier != gold_1",
                "tier not in (gold_1, *_2)",
                "site = eu and tier = *",
                "site != eu and name = *7 and uid = *a*",
                "server = main"
            })
    void aSelectorChoosesTheSameAsOneByOne(String text) {
        var selector = DatabaseSelector.parse(text);
        var expected = all("", 500).stream().filter(v -> selector.selects(domain(v))).toList();
        assertThat(all(text, 77)).isEqualTo(expected);
    }

    private static FleetDatabase domain(DatabaseView v) {
        return new FleetDatabase(
                v.uid(),
                v.site(),
                v.server(),
                v.name(),
                v.heads(),
                0,
                null,
                15,
                v.labels(),
                null,
                false);
    }

    @Test
    void aLabelThatNobodyHasIsRefusedAndAPlaceOfAnotherListToo() {
        assertThatThrownBy(() -> page("teir = gold_1", 10, ""))
                .isInstanceOf(SkeinException.class)
                .hasMessageContaining("no database has the label 'teir'")
                .hasMessageContaining("tier");
        assertThatThrownBy(() -> page("", 10, TargetPlace.after("", "r").cursor("r").text()))
                .isInstanceOf(SkeinException.class);
        var beyond = new PageCursor("databases", List.of("zzz", "zz", "z")).text();
        assertThat(page("", 10, beyond)).isEqualTo(new ListPage<DatabaseView>(List.of(), null));
    }

    @Test
    void aPageIsFoundByAnIndex() {
        database.run("ANALYZE fleet_database");
        var plan =
                database.value(
                        """
                        EXPLAIN (FORMAT json) SELECT * FROM fleet_database
                        WHERE forgotten_at IS NULL
                            AND (name COLLATE "C", site COLLATE "C", uid) > ('Tenant-5', 'eu', 'x')
                        ORDER BY name COLLATE "C", site COLLATE "C", uid LIMIT 10\
                        """);
        assertThat(plan).contains("fleet_database_listed").doesNotContain("\"Sort\"");
    }
}
