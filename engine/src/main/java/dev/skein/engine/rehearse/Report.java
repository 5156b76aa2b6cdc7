// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.rehearse;

import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.CatalogDifference;
import dev.skein.engine.script.Script;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers what the rehearsal of one revision shows. */
final class Report {
    private final Script script;
    private @Nullable String before;
    private @Nullable String after;
    private @Nullable Duration up;
    private @Nullable Duration down;
    private List<String> gone = List.of();
    private List<String> made = List.of();
    private boolean additive;
    private List<String> lost = List.of();

    Report(Script script) {
        this.script = script;
    }

    Catalog before(Catalog catalog) {
        before = catalog.fingerprint().toString();
        return catalog;
    }

    Catalog after(Catalog catalog) {
        after = catalog.fingerprint().toString();
        return catalog;
    }

    void up(Duration took) {
        up = took;
    }

    void down(Duration took) {
        down = took;
    }

    void gone(List<String> names) {
        gone = names;
    }

    void made(List<String> names, boolean onlyAdds) {
        made = names;
        additive = onlyAdds;
    }

    Rehearsed shapeProven() {
        return end(Grade.SHAPE_PROVEN, null, List.of());
    }

    Rehearsed dataProven() {
        return end(Grade.DATA_PROVEN, null, List.of());
    }

    Rehearsed unseen(String why) {
        return end(Grade.SHAPE_PROVEN, "not tried with rows: " + why, List.of());
    }

    Rehearsed lossy(List<String> what) {
        lost = what;
        return end(Grade.LOSSY, "its downgrade does not bring the rows back", List.of());
    }

    Rehearsed irreversible(String why) {
        return end(Grade.IRREVERSIBLE, why, List.of());
    }

    Rehearsed failed(String found) {
        return end(Grade.FAILS, found, List.of());
    }

    Rehearsed differs(String found, List<CatalogDifference> differences) {
        return end(Grade.DIFFERS, found, differences.stream().map(Report::inWords).toList());
    }

    static String inWords(CatalogDifference difference) {
        var was = difference.before();
        var is = difference.after();
        if (was == null) {
            return difference.id() + " is there and was not";
        }
        if (is == null) {
            return difference.id() + " is not there and was: " + was.inWords();
        }
        var text = new StringBuilder(difference.id().toString());
        for (var name : difference.attributes()) {
            text.append("; ").append(name).append(" was ").append(was.get(name));
            text.append(" and is ").append(is.get(name));
        }
        return text.toString();
    }

    private Rehearsed end(Grade grade, @Nullable String found, List<String> differences) {
        return new Rehearsed(
                script.id(),
                script.revision().message(),
                script.checksum(),
                grade,
                found,
                differences,
                gone,
                made,
                additive,
                lost,
                before,
                after,
                up,
                down);
    }
}
