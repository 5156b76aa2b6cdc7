// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.rehearse;

import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.CatalogDifference;
import dev.skein.engine.event.RehearsalGrade;
import dev.skein.engine.event.RehearsalResult;
import dev.skein.engine.script.Script;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers what the rehearsal of one revision shows. */
final class RehearsalReport {
    private final Script script;
    private @Nullable String before;
    private @Nullable String after;
    private @Nullable Duration up;
    private @Nullable Duration down;
    private List<String> gone = List.of();
    private List<String> made = List.of();
    private boolean additive;
    private List<String> lost = List.of();

    RehearsalReport(Script script) {
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

    RehearsalResult shapeProven() {
        return end(RehearsalGrade.SHAPE_PROVEN, null, List.of());
    }

    RehearsalResult dataProven() {
        return end(RehearsalGrade.DATA_PROVEN, null, List.of());
    }

    RehearsalResult unseen(String why) {
        return end(RehearsalGrade.SHAPE_PROVEN, "not tried with rows: " + why, List.of());
    }

    RehearsalResult lossy(List<String> what) {
        lost = what;
        return end(RehearsalGrade.LOSSY, "its downgrade does not bring the rows back", List.of());
    }

    RehearsalResult irreversible(String why) {
        return end(RehearsalGrade.IRREVERSIBLE, why, List.of());
    }

    RehearsalResult failed(String found) {
        return end(RehearsalGrade.FAILS, found, List.of());
    }

    RehearsalResult differs(String found, List<CatalogDifference> differences) {
        return end(
                RehearsalGrade.DIFFERS,
                found,
                differences.stream().map(RehearsalReport::inWords).toList());
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

    private RehearsalResult end(
            RehearsalGrade grade, @Nullable String found, List<String> differences) {
        return new RehearsalResult(
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
