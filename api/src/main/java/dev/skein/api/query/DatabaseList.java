// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.skein.api.fleet.DatabaseSelector;
import dev.skein.api.fleet.DatabaseState;
import dev.skein.api.fleet.SqlFilter;
import dev.skein.api.query.FleetViews.DatabaseView;
import dev.skein.api.store.FleetStore;
import dev.skein.engine.Json;
import dev.skein.service.database.Db;
import dev.skein.service.page.ListPage;
import dev.skein.service.page.PageCursor;
import io.vertx.sqlclient.Row;
import java.io.UncheckedIOException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fleet's databases by name, page by page: a page costs what it shows. */
final class DatabaseList {
    private static final String NAME = "databases";
    private static final int KEYS = 3;

    private DatabaseList() {}

    /**
     * A page.
     *
     * @param after where the page before ended; empty for the first
     * @param gone only those that are not there any more
     */
    static ListPage<DatabaseView> page(
            Db.Tx tx, DatabaseSelector selector, int limit, boolean gone, String after) {
        FleetStore.refuseUnknown(tx, selector);
        int size = ListPage.size(limit);
        var filter = new SqlFilter().and("forgotten_at IS NULL");
        if (!after.isEmpty()) {
            begin(filter, PageCursor.parse(after, NAME, KEYS).keys());
        }
        if (gone) {
            filter.and(DatabaseState.GONE);
        }
        selector.addTo(filter);
        return ListPage.of(read(tx, filter, size + 1), size, DatabaseList::place);
    }

    private static void begin(SqlFilter filter, List<String> keys) {
        var places = keys.stream().map(filter::parameter).toList();
        filter.and(
                "(name COLLATE \"C\", site COLLATE \"C\", uid) > (%s, %s, %s)"
                        .formatted(places.toArray()));
    }

    private static PageCursor place(DatabaseView view) {
        return new PageCursor(NAME, List.of(view.name(), view.site(), view.uid()));
    }

    private static List<DatabaseView> read(Db.Tx tx, SqlFilter filter, int most) {
        var sql =
                """
                SELECT uid, site, server, name, heads, seq, fingerprint, size_bytes, server_major,
                    labels::text, %s, reported_at, CASE WHEN %s THEN present_at END
                FROM fleet_database
                WHERE %s
                ORDER BY name COLLATE "C", site COLLATE "C", uid
                LIMIT %d
                """
                        .formatted(DatabaseState.PROBLEM, DatabaseState.GONE, filter.where(), most);
        return tx.list(sql, DatabaseList::view, filter.parameters());
    }

    private static DatabaseView view(Row row) {
        int n = 0;
        return new DatabaseView(
                row.getString(n++),
                row.getString(n++),
                row.getString(n++),
                row.getString(n++),
                List.of(row.getArrayOfStrings(n++)),
                row.getLong(n++),
                row.getString(n++),
                row.getLong(n++),
                row.getInteger(n++),
                labels(row.getString(n++)),
                row.getString(n++),
                row.getOffsetDateTime(n++).toInstant(),
                instant(row.getOffsetDateTime(n)));
    }

    private static java.time.@Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    private static Map<String, String> labels(String json) {
        try {
            return Json.mapper().readValue(json, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
