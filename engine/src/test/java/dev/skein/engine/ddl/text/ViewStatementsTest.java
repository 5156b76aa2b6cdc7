// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.CatalogItem;
import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.catalog.ObjectKind;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class ViewStatementsTest {
    private static CatalogItem view(ObjectKind kind, String columns, Map<String, String> more) {
        var attributes = new HashMap<>(more);
        attributes.put(Attribute.COLUMNS, columns);
        attributes.put(Attribute.DEFINITION, " SELECT " + columns + ";");
        return new CatalogItem(new ItemId(kind, "", "public.v"), attributes);
    }

    @Test
    void aViewMayGetColumnsAtItsEnd() {
        var before = view(ObjectKind.VIEW, "a, b", Map.of());
        assertThat(ViewStatements.change(before, view(ObjectKind.VIEW, "a, b, c", Map.of())))
                .extracting(DdlStatement::sql)
                .containsExactly("CREATE OR REPLACE VIEW public.v AS\nSELECT a, b, c");
        assertThat(ViewStatements.change(before, view(ObjectKind.VIEW, "a", Map.of()))).isNull();
        assertThat(ViewStatements.change(before, view(ObjectKind.VIEW, "a, bc", Map.of())))
                .isNull();
    }

    @Test
    void aMaterializedViewIsMadeAnew() {
        var kind = ObjectKind.MATERIALIZED_VIEW;
        var before = view(kind, "a", Map.of());
        assertThat(ViewStatements.change(before, view(kind, "a, b", Map.of()))).isNull();
        var filled = view(kind, "a", Map.of(Attribute.OPTIONS, "fillfactor=70"));
        assertThat(ViewStatements.change(before, filled))
                .extracting(DdlStatement::sql)
                .containsExactly("ALTER MATERIALIZED VIEW public.v SET (fillfactor=70)");
        assertThat(ViewStatements.create(filled))
                .isEqualTo("CREATE MATERIALIZED VIEW public.v WITH (fillfactor=70) AS\nSELECT a");
    }
}
