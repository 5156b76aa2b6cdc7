// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl.text;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.CatalogItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Configurations of text search: which dictionaries a kind of word goes to. */
public final class TextSearch {
    private static final String WITH = " WITH ";

    private TextSearch() {}

    public static List<DdlStatement> create(CatalogItem item) {
        var statements = new ArrayList<DdlStatement>();
        statements.add(
                DdlStatement.of(
                        "CREATE "
                                + DdlWords.reference(item.id())
                                + " (PARSER = "
                                + item.text(Attribute.PARSER)
                                + ")"));
        mappings(item).forEach((word, to) -> statements.add(map(item, "ADD", word, to)));
        return statements;
    }

    /** The statements, or null where only a new one will do. */
    public static @Nullable List<DdlStatement> change(CatalogItem before, CatalogItem after) {
        if (!before.text(Attribute.PARSER).equals(after.text(Attribute.PARSER))) {
            return null;
        }
        var was = mappings(before);
        var is = mappings(after);
        var statements = new ArrayList<DdlStatement>();
        var alter = "ALTER " + DdlWords.reference(after.id());
        for (var word : was.keySet()) {
            if (!is.containsKey(word)) {
                statements.add(DdlStatement.of(alter + " DROP MAPPING FOR " + word));
            }
        }
        is.forEach((word, to) -> {
            if (!to.equals(was.get(word))) {
                var verb = was.containsKey(word) ? "ALTER" : "ADD";
                statements.add(map(after, verb, word, to));
            }
        });
        return statements;
    }

    private static DdlStatement map(CatalogItem item, String verb, String word, String to) {
        var alter = "ALTER " + DdlWords.reference(item.id()) + " " + verb;
        return DdlStatement.of(alter + " MAPPING FOR " + word + WITH + to);
    }

    private static Map<String, String> mappings(CatalogItem item) {
        var mappings = new TreeMap<String, String>();
        item.text(Attribute.MAPPINGS)
                .lines()
                .forEach(line -> {
                    int at = line.indexOf(WITH);
                    mappings.put(line.substring(0, at), line.substring(at + WITH.length()));
                });
        return mappings;
    }
}
