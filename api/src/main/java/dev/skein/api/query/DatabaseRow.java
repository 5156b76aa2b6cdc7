// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.query;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Formula;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.SQLRestriction;
import org.jspecify.annotations.Nullable;

/** A database of the fleet, for reading; the projection writes the table. */
@Entity
@Immutable
@Table(name = "fleet_database")
@SQLRestriction("forgotten_at IS NULL")
public class DatabaseRow extends PanacheEntityBase {
    /**
     * Why one cannot be managed, by its row: where nobody has heard of it for an hour, nobody knows
     * whether it is there. Agents tell of each every five minutes.
     */
    public static final String PROBLEM =
            "CASE WHEN problem IS NULL AND seen_at < now() - interval '1 hour' THEN 'no agent has"
                    + " told of it for more than an hour' ELSE problem END";

    /** Whether it is known to be there no more, or nobody has told of it for an hour. */
    public static final String GONE =
            "(present_at < seen_at OR seen_at < now() - interval '1 hour')";

    @Id public String uid;
    public String site;
    public String server;
    public String name;
    public String agent;
    public String[] heads;
    public long seq;
    public @Nullable String fingerprint;

    @Column(name = "size_bytes")
    public long sizeBytes;

    @Column(name = "server_major")
    public int serverMajor;

    @Formula("cast(labels as text)")
    public String labels;

    /** Why it cannot be managed; that nobody has seen it for long is a reason, too. */
    @Formula(PROBLEM)
    public @Nullable String problem;

    @Column(name = "reported_at")
    public Instant reportedAt;

    /** When it was last told to be there; null of one that is. */
    @Formula("CASE WHEN " + GONE + " THEN present_at END")
    public @Nullable Instant notSeenSince;
}
