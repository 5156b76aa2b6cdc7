// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.drift;

import dev.skein.engine.Digests;
import dev.skein.engine.SkeinException;
import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.CatalogDifference;
import dev.skein.engine.catalog.CatalogText;
import dev.skein.engine.ddl.Ddl;
import dev.skein.engine.ddl.text.DdlStatement;
import dev.skein.service.database.Db;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What databases differ in, and which differ alike. */
@ApplicationScoped
public class DriftCohorts {
    private static final int DIGITS = 12;

    /**
     * A difference of one object.
     *
     * @param change what became of it: {@code added}, {@code removed}, {@code altered}
     * @param attributes what is other of it: from, to
     */
    public record Change(
            String kind, String name, String change, Map<String, List<String>> attributes) {}

    /**
     * What was found out of a pair of catalogs.
     *
     * @param known false where a catalog has not come yet: that they differ is known, and not how
     * @param fix the statements that lead back to what is expected
     */
    public record Differences(boolean known, List<Change> changes, List<String> fix) {}

    /** The name of all pairs that differ alike: letters and digits. */
    String of(Db.Tx tx, String expected, String observed) {
        var pair = pair(tx, expected, observed);
        var text = pair.isEmpty() ? expected + observed : String.valueOf(changes(pair.get()));
        return Digests.hex(Digests.sha256(text.getBytes(StandardCharsets.UTF_8)))
                .substring(0, DIGITS);
    }

    /** What the pair differs in. */
    public Differences between(Db.Tx tx, String expected, String observed) {
        var pair = pair(tx, expected, observed);
        if (pair.isEmpty()) {
            return new Differences(false, List.of(), List.of());
        }
        return new Differences(true, changes(pair.get()), fix(pair.get()));
    }

    /** What leads back, where that can be written down. */
    private static List<String> fix(Pair pair) {
        try {
            return Ddl.between(pair.observed(), pair.expected(), true).stream()
                    .map(DdlStatement::sql)
                    .toList();
        } catch (IllegalArgumentException | SkeinException e) {
            return List.of("-- it cannot be proposed: " + e.getMessage());
        }
    }

    private record Pair(Catalog expected, Catalog observed) {}

    private static Optional<Pair> pair(Db.Tx tx, String expected, String observed) {
        var one = catalog(tx, expected);
        var other = catalog(tx, observed);
        return one == null || other == null ? Optional.empty() : Optional.of(new Pair(one, other));
    }

    private static @Nullable Catalog catalog(Db.Tx tx, String fingerprint) {
        var rows = tx.query("SELECT content FROM catalog WHERE fingerprint = $1", fingerprint);
        if (rows.size() == 0) {
            return null;
        }
        try {
            var read = CatalogText.read(rows.iterator().next().getBuffer(0).getBytes());
            return read.fingerprint().toString().equals(fingerprint) ? read : null;
        } catch (SkeinException e) {
            return null; // as if it had not come: that it differs is known, and not how
        }
    }

    private static List<Change> changes(Pair pair) {
        var changes = new ArrayList<Change>();
        for (var difference : CatalogDifference.between(pair.expected(), pair.observed())) {
            changes.add(change(difference));
        }
        return changes;
    }

    private static Change change(CatalogDifference difference) {
        var id = difference.id();
        var before = difference.before();
        var after = difference.after();
        var attributes = new LinkedHashMap<String, List<String>>();
        if (before != null && after != null) {
            difference
                    .attributes()
                    .forEach(name ->
                            attributes.put(name, List.of(before.text(name), after.text(name))));
        }
        var change = before == null ? "added" : after == null ? "removed" : "altered";
        return new Change(id.kind().words(), id.fullName(), change, attributes);
    }
}
