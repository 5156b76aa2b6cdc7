// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.discover;

import dev.skein.engine.catalog.CatalogReader;
import dev.skein.engine.catalog.CatalogText;
import dev.skein.engine.catalog.Fingerprint;
import dev.skein.engine.postgres.PgSession;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Sees what a database's schema is, without writing to it. A cheap stamp tells whether anything can
 * have changed since the last time; each distinct catalog is handed on once.
 */
final class SchemaScans {
    /** Whoever wants the catalogs. */
    interface Heard {
        /**
         * Hears of a catalog that was not seen before.
         *
         * @param onFailure to be called if it could not be passed on
         */
        void catalog(String fingerprint, byte[] catalog, Runnable onFailure);
    }

    /** Larger ones do not fit into a record; of them it is known that they differ, and not how. */
    private static final int LARGEST = 1 << 20;

    private record Seen(String stamp, Fingerprint print) {}

    /**
     * A schema's fingerprint, null where it could not be seen.
     *
     * @param isRead whether the catalog was read for it, not only its stamp
     */
    record Observed(@Nullable String print, boolean isRead) {
        static final Observed NOTHING = new Observed(null, false);
    }

    private final Map<String, Seen> last = new ConcurrentHashMap<>();
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private final Heard heard;
    private final Counter looks;
    private final Counter reads;

    SchemaScans(Heard heard, MeterRegistry registry) {
        this.heard = heard;
        this.looks = registry.counter("skein.looks");
        this.reads = registry.counter("skein.catalog.reads");
    }

    /**
     * The fingerprint of what the session's open transaction sees.
     *
     * @param stamp of that transaction
     * @param left what it is to be compared with; null for nothing
     */
    Observed observe(
            PgSession session, ServerDatabase place, String stamp, @Nullable Fingerprint left) {
        int format =
                left != null && left.isReadableOn(session.major())
                        ? left.format()
                        : Fingerprint.FORMAT;
        looks.increment();
        var before = last.get(place.key());
        if (before != null && before.stamp().equals(stamp) && before.print().format() == format) {
            return new Observed(before.print().toString(), false);
        }
        reads.increment();
        var print = CatalogReader.fingerprintInside(session, format);
        if (!told.contains(print.toString())) {
            var catalog = CatalogReader.mainInside(session).as(print);
            tell(print.toString(), CatalogText.write(catalog));
        }
        last.put(place.key(), new Seen(stamp, print));
        return new Observed(print.toString(), true);
    }

    /** Lets the next look read a database anew. */
    void forget(ServerDatabase place) {
        last.remove(place.key());
    }

    private void tell(String fingerprint, byte[] catalog) {
        told.add(fingerprint);
        if (catalog.length < LARGEST) {
            heard.catalog(fingerprint, catalog, () -> told.remove(fingerprint));
        }
    }
}
