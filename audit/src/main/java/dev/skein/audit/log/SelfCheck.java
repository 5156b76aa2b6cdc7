// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.log;

import dev.skein.engine.postgres.Db;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.logging.Logger;

/** Looks at old entries again, some at a time, from the first to the last and over again. */
@ApplicationScoped
public class SelfCheck {
    private static final Logger LOG = Logger.getLogger(SelfCheck.class);
    private static final int SOME = 20_000;

    private final Set<Long> spoilt = new TreeSet<>();
    private long next;

    /**
     * Hashes some entries again. One thread at a time.
     *
     * @return how many are known not to be what was appended
     */
    public long some(Db.Tx tx) {
        var found =
                tx.list(
                        "SELECT e.index FROM entry e LEFT JOIN tile t ON t.level = 0 AND t.index ="
                                + " e.index / 256 WHERE"
                                + " e.index >= $1 AND e.index < $2 AND"
                                + " (sha256('\\x00'::bytea || e.envelope) <> coalesce("
                                + "substring(t.hashes FROM (e.index % 256)::int * 32 + 1 FOR 32),"
                                + " e.leaf) OR sha256('\\x00'::bytea || e.envelope) <> e.leaf)",
                        row -> row.getLong(0), next, next + SOME);
        spoilt.removeIf(index -> index >= next && index < next + SOME);
        spoilt.addAll(found);
        if (!found.isEmpty()) {
            LOG.errorf("entries of the log are not what they were: %s", found);
        }
        var size = tx.query("SELECT size FROM log_state").iterator().next().getLong(0);
        next = next + SOME >= size ? 0 : next + SOME;
        return spoilt.size();
    }
}
