// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.catalog;

import dev.skein.engine.Json;
import dev.skein.engine.SkeinException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** A catalog as it travels: JSON, compressed by gzip. */
public final class CatalogText {
    private static final int LARGEST = 64 << 20;

    private CatalogText() {}

    /**
     * An object.
     *
     * @param needs which of the others, by their place in the list, it cannot be without
     */
    record Item(
            String kind,
            String relation,
            String name,
            int position,
            Map<String, String> attributes,
            List<Integer> needs) {}

    /** A stored catalog. */
    record StoredCatalog(String fingerprint, List<Item> items) {}

    /** Writes a catalog that was read with what needs what. */
    public static byte[] write(Catalog catalog) {
        var ids = new ArrayList<>(catalog.items().keySet());
        var places = new HashMap<ItemId, Integer>();
        ids.forEach(id -> places.put(id, places.size()));
        var items = new ArrayList<Item>();
        for (var id : ids) {
            var item = catalog.items().getOrDefault(id, new CatalogItem(id, Map.of()));
            var needs = catalog.needs(id).stream().map(places::get).filter(n -> n != null).sorted();
            items.add(
                    new Item(
                            id.kind().words(),
                            id.relation(),
                            id.name(),
                            position(catalog, item),
                            item.attributes(),
                            needs.toList()));
        }
        return zipped(Json.bytes(new StoredCatalog(catalog.fingerprint().toString(), items)));
    }

    private static int position(Catalog catalog, CatalogItem item) {
        return item.id().kind() == ObjectKind.COLUMN || item.id().kind() == ObjectKind.ATTRIBUTE
                ? catalog.members(item.id().relation()).indexOf(item) + 1
                : 0;
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws SkeinException for anything else
     */
    public static Catalog read(byte[] bytes) {
        try {
            return parsed(bytes);
        } catch (IllegalArgumentException | NullPointerException | IndexOutOfBoundsException e) {
            throw SkeinException.failed(
                    "Catalog", "it is none that this version knows (" + e.getMessage() + ")", "");
        }
    }

    private static Catalog parsed(byte[] bytes) {
        var stored = Json.read(unzipped(bytes), StoredCatalog.class);
        var ids = new ArrayList<ItemId>();
        var items = new TreeMap<ItemId, CatalogItem>();
        var positions = new HashMap<ItemId, Integer>();
        for (var one : stored.items()) {
            var id = new ItemId(ObjectKind.of(one.kind()), one.relation(), one.name());
            ids.add(id);
            items.put(id, new CatalogItem(id, one.attributes()));
            positions.put(id, one.position());
        }
        var needs = needs(stored, ids);
        return new Catalog(
                Fingerprint.parse(stored.fingerprint()),
                items,
                positions,
                Map.of(),
                needs,
                List.of());
    }

    private static Map<ItemId, Set<ItemId>> needs(StoredCatalog stored, List<ItemId> ids) {
        var needs = new HashMap<ItemId, Set<ItemId>>();
        for (int i = 0; i < ids.size(); i++) {
            var needed = new HashSet<ItemId>();
            stored.items().get(i).needs().forEach(n -> needed.add(ids.get(n)));
            needs.put(ids.get(i), needed);
        }
        return needs;
    }

    private static byte[] zipped(byte[] bytes) {
        try (var out = new ByteArrayOutputStream()) {
            try (var zip = new GZIPOutputStream(out)) {
                zip.write(bytes);
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("in memory", e);
        }
    }

    private static byte[] unzipped(byte[] bytes) {
        try (var zip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return zip.readNBytes(LARGEST);
        } catch (IOException e) {
            throw SkeinException.failed(
                    "Catalog", "it cannot be read (" + e.getMessage() + ")", "");
        }
    }
}
