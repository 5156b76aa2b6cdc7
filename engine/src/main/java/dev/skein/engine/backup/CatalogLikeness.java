// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.backup;

import static java.util.stream.Collectors.toMap;

import dev.skein.engine.Digests;
import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.CatalogItem;
import dev.skein.engine.catalog.Fingerprint;
import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.catalog.ObjectKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a dump brings back of a catalog. It leaves out indexes that are invalid and that a key is
 * not held, makes extensions in the version that the server has, and does not take away the schema
 * public that every new database has. Both digests are in a fingerprint's form, so that only those
 * of one kind are compared.
 *
 * @param whole digest of what is brought back in place
 * @param copy digest of what a scratch copy gets: no comments, grants, publications
 * @param hasPublic whether there is a schema public
 * @param isAsLeft whether the catalog was what the journal's last step had left
 * @param notDumped what there was that a dump does not bring back, in words; of an older Skein's
 *     backup nothing is known
 */
public record CatalogLikeness(
        String whole, String copy, boolean hasPublic, boolean isAsLeft, List<String> notDumped) {
    private static final ItemId PUBLIC = new ItemId(ObjectKind.SCHEMA, "", "public");
    private static final Set<String> NOT_COPIED = Set.of(ObjectKind.COMMENT, ObjectKind.GRANTS);

    public CatalogLikeness {
        Objects.requireNonNull(whole, "whole");
        Objects.requireNonNull(copy, "copy");
        notDumped = notDumped == null ? List.of() : List.copyOf(notDumped); // older ones lack it
    }

    static CatalogLikeness of(Catalog catalog, boolean isAsLeft) {
        return new CatalogLikeness(
                digest(catalog, item -> true, Set.of()),
                digest(
                        catalog,
                        item -> ScratchShape.isCopied(item) && !item.id().equals(PUBLIC),
                        NOT_COPIED),
                catalog.get(PUBLIC) != null,
                isAsLeft,
                notDumped(catalog));
    }

    /**
     * The digests that a backup may have noted of the catalog that was restored. Earlier versions
     * wrote CURRENT_USER for whoever took it, which may have been any role that has default
     * privileges.
     *
     * @param catalog with the roles' names
     */
    static List<String> wholes(Catalog catalog) {
        var owners =
                catalog.items().keySet().stream()
                        .filter(id -> id.kind() == ObjectKind.DEFAULT_PRIVILEGES)
                        .map(CatalogLikeness::owner)
                        .distinct();
        return Stream.concat(Stream.of(catalog), owners.map(owner -> asNotedBy(catalog, owner)))
                .map(form -> digest(form, item -> true, Set.of()))
                .toList();
    }

    /** The name ends with what the privileges are on, which is one word. */
    private static String owner(ItemId id) {
        return id.name().substring(0, id.name().lastIndexOf(' '));
    }

    private static Catalog asNotedBy(Catalog catalog, String owner) {
        var own =
                catalog.items().values().stream()
                        .filter(item -> item.id().kind() == ObjectKind.DEFAULT_PRIVILEGES)
                        .filter(item -> owner(item.id()).equals(owner))
                        .toList();
        return catalog.with(
                own.stream()
                        .map(CatalogLikeness::byCurrentUser)
                        .collect(toMap(CatalogItem::id, i -> i)),
                Map.of(),
                own.stream().map(CatalogItem::id).collect(Collectors.toSet()));
    }

    private static CatalogItem byCurrentUser(CatalogItem item) {
        var id = item.id();
        var name = "CURRENT_USER" + id.name().substring(owner(id).length());
        return new CatalogItem(new ItemId(id.kind(), id.relation(), name), item.attributes());
    }

    private static List<String> notDumped(Catalog catalog) {
        return catalog.items().values().stream()
                .filter(item -> isInvalid(catalog, item) || isDisabledKey(item))
                .map(item -> item.id() + (isDisabledKey(item) ? " disabled" : ", which is invalid"))
                .toList();
    }

    private static boolean isDisabledKey(CatalogItem item) {
        return item.id().kind() == ObjectKind.CONSTRAINT_TRIGGER;
    }

    private static String digest(
            Catalog catalog, Predicate<CatalogItem> kept, Set<String> leftOut) {
        var text =
                catalog.items().values().stream()
                        .filter(kept)
                        .filter(item -> !isInvalid(catalog, item))
                        .filter(item -> !isDisabledKey(item))
                        .map(item -> line(item, leftOut))
                        .collect(Collectors.joining("\n"));
        var sha = Digests.hex(Digests.sha256(text.getBytes(StandardCharsets.UTF_8)));
        var fingerprint = catalog.fingerprint();
        return new Fingerprint(fingerprint.format(), fingerprint.major(), sha).toString();
    }

    /** One over partitions is dumped, since it becomes valid with the last of theirs. */
    private static boolean isInvalid(Catalog catalog, CatalogItem item) {
        if (item.id().kind() != ObjectKind.INDEX || !item.has(Attribute.VALIDITY)) {
            return false;
        }
        var table = catalog.get(new ItemId(ObjectKind.TABLE, "", item.id().relation()));
        return table == null || !table.has(Attribute.PARTITION_KEY);
    }

    private static String line(CatalogItem item, Set<String> leftOut) {
        var isExtension = item.id().kind() == ObjectKind.EXTENSION;
        return item.id()
                + item.id().kind().attributes().stream()
                        .filter(name -> !leftOut.contains(name))
                        .filter(name -> !(isExtension && name.equals("version")))
                        .map(name -> "\t" + Objects.toString(item.get(name), ""))
                        .collect(Collectors.joining());
    }
}
