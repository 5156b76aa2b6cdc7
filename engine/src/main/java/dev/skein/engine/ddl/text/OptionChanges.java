// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl.text;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.CatalogItem;
import java.util.ArrayList;
import java.util.List;

/** Changes of named options: storage parameters, and OPTIONS of foreign objects. */
public final class OptionChanges {
    private OptionChanges() {}

    /** SET (…) and RESET (…), to stand behind ALTER. */
    public static List<String> storage(CatalogItem before, CatalogItem after) {
        var old = DdlWords.storageOptions(before.text(Attribute.OPTIONS));
        var now = DdlWords.storageOptions(after.text(Attribute.OPTIONS));
        var set = new ArrayList<String>();
        now.forEach((name, value) -> {
            if (!value.equals(old.get(name))) {
                set.add(name + "=" + value);
            }
        });
        var gone = old.keySet().stream().filter(name -> !now.containsKey(name)).toList();
        var clauses = new ArrayList<String>();
        if (!gone.isEmpty()) {
            clauses.add("RESET (" + String.join(", ", gone) + ")");
        }
        if (!set.isEmpty()) {
            clauses.add("SET (" + String.join(", ", set) + ")");
        }
        return clauses;
    }

    /** OPTIONS (…) with what to add, set and drop. */
    static String foreign(String before, String after) {
        var old = DdlWords.foreignOptions(before);
        var now = DdlWords.foreignOptions(after);
        var words = new ArrayList<String>();
        old.keySet().stream()
                .filter(name -> !now.containsKey(name))
                .forEach(name -> words.add("DROP " + name));
        now.forEach((name, value) -> {
            if (!old.containsKey(name)) {
                words.add("ADD " + name + " " + value);
            } else if (!value.equals(old.get(name))) {
                words.add("SET " + name + " " + value);
            }
        });
        return "OPTIONS (" + String.join(", ", words) + ")";
    }
}
