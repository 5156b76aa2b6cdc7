// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.catalog;

import dev.skein.engine.Digests;
import io.vertx.sqlclient.Row;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Collectors;

/** What a fingerprint takes of one object; hashed as the server does it by itself. */
record FingerprintLine(List<String> key, String attributes) {
    /** By the bytes of kind, relation and name, which is the server's collation "C". */
    private static final Comparator<FingerprintLine> ORDER =
            Comparator.comparing(
                    FingerprintLine::key,
                    (one, other) -> {
                        for (int i = 0; i < one.size(); i++) {
                            int order =
                                    Arrays.compareUnsigned(bytes(one.get(i)), bytes(other.get(i)));
                            if (order != 0) {
                                return order;
                            }
                        }
                        return 0;
                    });

    static FingerprintLine of(Row row) {
        var key = List.of(row.getString(0), row.getString(1), row.getString(2));
        return new FingerprintLine(key, row.getString(6));
    }

    /** The object. */
    CatalogItem item() {
        var kind = ObjectKind.of(key.get(0));
        var values = ArrayText.elements(attributes);
        var set = new HashMap<String, String>();
        for (int i = 0; i < values.size(); i++) {
            var value = values.get(i);
            if (value != null) {
                set.put(kind.attributes().get(i), value);
            }
        }
        return new CatalogItem(new ItemId(kind, key.get(1), key.get(2)), set);
    }

    /** The fingerprint of objects. */
    static Fingerprint fingerprint(Collection<FingerprintLine> lines, int major) {
        return new Fingerprint(Fingerprint.FORMAT, major, hash(text(lines)));
    }

    /** The canonical text of objects. */
    static String text(Collection<FingerprintLine> lines) {
        return lines.stream()
                .sorted(ORDER)
                .map(line -> String.join("\t", line.key()) + "\t" + line.attributes())
                .collect(Collectors.joining("\n"));
    }

    /** The fingerprint of objects whose lines are in order, one text, in another one's form. */
    static Fingerprint fingerprint(String text, Fingerprint form) {
        return new Fingerprint(form.format(), form.major(), hash(text));
    }

    private static String hash(String text) {
        return Digests.hex(Digests.sha256(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
