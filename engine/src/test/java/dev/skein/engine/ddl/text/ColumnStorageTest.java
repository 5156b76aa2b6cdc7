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
class ColumnStorageTest {
    private static final CatalogItem TEXT = column("text", Map.of());

    private static CatalogItem column(String type, Map<String, String> settings) {
        var attributes = new HashMap<>(settings);
        attributes.put(Attribute.TYPE, type);
        return new CatalogItem(new ItemId(ObjectKind.COLUMN, "public.t", "c"), attributes);
    }

    @Test
    void onlyWhatDiffersIsSaid() {
        var kept = column("text", Map.of(Attribute.STATISTICS, "100"));
        assertThat(ColumnStorage.change(TEXT, TEXT)).isEmpty();
        assertThat(ColumnStorage.change(TEXT, kept)).containsExactly("SET STATISTICS 100");
        assertThat(ColumnStorage.change(kept, TEXT)).containsExactly("SET STATISTICS -1");
        assertThat(ColumnStorage.rest(kept)).containsExactly("SET STATISTICS 100");
    }

    @Test
    void anotherTypeHasToBeToldAgain() {
        var plain = column("text", Map.of(Attribute.STORAGE, "EXTERNAL"));
        var other = column("bytea", Map.of(Attribute.STORAGE, "EXTERNAL"));
        assertThat(ColumnStorage.change(plain, other)).containsExactly("SET STORAGE EXTERNAL");
        assertThat(ColumnStorage.change(plain, TEXT)).containsExactly("SET STORAGE EXTENDED");
    }
}
