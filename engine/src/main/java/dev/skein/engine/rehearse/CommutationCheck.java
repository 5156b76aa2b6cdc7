// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.rehearse;

import dev.skein.engine.SkeinException;
import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.CatalogDifference;
import dev.skein.engine.scratch.ScratchServer;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the order of branches is of no account. Tenants may have applied either branch first; a
 * merge says that they are all in one place then.
 */
public final class CommutationCheck {
    private CommutationCheck() {}

    /**
     * Tries every pair of heads in both orders.
     *
     * @return what is otherwise, in words; empty where every order leads to the same schema
     */
    public static List<String> differences(
            ScratchServer server, RevisionReplay replay, List<String> heads) {
        var found = new ArrayList<String>();
        for (int i = 0; i < heads.size(); i++) {
            for (int j = i + 1; j < heads.size(); j++) {
                found.addAll(pair(server, replay, heads.get(i), heads.get(j)));
            }
        }
        return found;
    }

    private static List<String> pair(
            ScratchServer server, RevisionReplay replay, String a, String b) {
        var words = new ArrayList<String>();
        var first = arrive(server, replay, a, b, words);
        var second = arrive(server, replay, b, a, words);
        if (first != null && second != null) {
            for (var difference : CatalogDifference.between(first, second)) {
                words.add(
                        "%s then %s, and %s then %s: %s"
                                .formatted(a, b, b, a, RehearsalReport.inWords(difference)));
            }
        }
        return words;
    }

    private static @org.jspecify.annotations.Nullable Catalog arrive(
            ScratchServer server,
            RevisionReplay replay,
            String first,
            String second,
            List<String> words) {
        try (var database = server.database()) {
            replay.up(database, List.of(first));
            replay.up(database, List.of(second));
            return RevisionReplay.read(database);
        } catch (SkeinException e) {
            words.add(first + " then " + second + ": " + e.subject() + ": " + e.found());
            return null;
        }
    }
}
