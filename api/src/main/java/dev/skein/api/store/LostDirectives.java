// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.store;

import dev.skein.service.database.Db;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;

/** Directives that were published and are newer than those in this database. */
@ApplicationScoped
public class LostDirectives {
    /** One that was published, or its end. */
    public record Issued(String uid, String site, long generation) {}

    /**
     * Keeps those that are newer than what is here.
     *
     * @param issued one for each database at most
     * @return how many are
     */
    public int keep(Db.Tx tx, Collection<Issued> issued) {
        if (issued.isEmpty()) {
            return 0;
        }
        var list = List.copyOf(issued);
        return tx.query(
                        """
                        INSERT INTO lost_directive AS l (uid, site, generation)
                        SELECT uid, p.site, p.generation FROM unnest($1::text[], $2::text[], $3::bigint[])
                            AS p(uid, site, generation) LEFT JOIN directive d USING (uid)
                        WHERE p.generation > coalesce(d.generation, 0)
                        ON CONFLICT (uid) DO UPDATE SET site = excluded.site,
                            generation = greatest(l.generation, excluded.generation)\
                        """,
                        list.stream().map(Issued::uid).toArray(String[]::new),
                        list.stream().map(Issued::site).toArray(String[]::new),
                        list.stream().map(Issued::generation).toArray(Long[]::new))
                .rowCount();
    }

    /**
     * Has them all withdrawn: what an agent may be at for a reason that nobody knows here ends at
     * the next step's boundary, and whatever is issued next is newer.
     *
     * @return how many there were
     */
    public int withdraw(Db.Tx tx) {
        DirectiveRows.withdrawLost(tx);
        return tx.query("DELETE FROM lost_directive").rowCount();
    }
}
