// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.backup;

import dev.skein.engine.Digests;
import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.CatalogItem;
import dev.skein.engine.catalog.ObjectKind;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** A catalog as a restored copy on a scratch server can have it. */
final class ScratchShape {
    /** What belongs to roles or needs a superuser; a scratch copy is made without. */
    private static final Set<ObjectKind> NOT_COPIED =
            EnumSet.of(ObjectKind.DEFAULT_PRIVILEGES, ObjectKind.PUBLICATION);

    private ScratchShape() {}

    static boolean isCopied(CatalogItem item) {
        return !NOT_COPIED.contains(item.id().kind());
    }

    /** Its digest, hexadecimal. */
    static String of(Catalog catalog) {
        var text =
                catalog.items().values().stream()
                        .filter(ScratchShape::isCopied)
                        .map(ScratchShape::line)
                        .collect(Collectors.joining("\n"));
        return Digests.hex(Digests.sha256(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String line(CatalogItem item) {
        return item.id()
                + item.id().kind().attributes().stream()
                        .filter(name ->
                                !name.equals(ObjectKind.COMMENT) && !name.equals(ObjectKind.GRANTS))
                        .map(name -> "\t" + Objects.toString(item.get(name), ""))
                        .collect(Collectors.joining());
    }
}
