// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.audit.testing.Chain;
import dev.skein.audit.testing.OnAuditDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogSearchTest extends OnAuditDatabase {
    private static final LogSearch.Wanted ALL =
            new LogSearch.Wanted(null, null, null, null, null, null, null, null);
    private static final String KNOWN = "0123456789abcdef0123456789abcdef";
    private static final String GONE = "f123456789abcdef0123456789abcdef";

    private final LogSearch search = new LogSearch();

    @Test
    void aDatabaseIsNamedAsOptionsTakeIt() {
        for (var source : List.of("db/" + KNOWN + "/i", "db/" + GONE + "/i", "rollout/a")) {
            db.call(tx -> new AuditLog().append(tx, Chain.of(source, 1, "made"), Chain::read));
        }
        db.run(tx ->
                tx.query(
                        "INSERT INTO fleet(uid, site, server, name, seq) VALUES ($1, 'eu', 'main',"
                                + " 'tenant_07', 1)",
                        KNOWN));
        var uids =
                db.call(tx -> search.newest(tx, ALL, Long.MAX_VALUE, 10)).stream()
                        .map(LogSearch.Entry::uid)
                        .toList();
        assertThat(uids).containsExactlyInAnyOrder(KNOWN, GONE, "");
        var names = db.call(tx -> search.names(tx, uids));
        assertThat(names).isEqualTo(Map.of(KNOWN, "eu/tenant_07"));
    }
}
