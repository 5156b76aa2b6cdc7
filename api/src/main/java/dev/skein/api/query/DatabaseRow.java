// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.query;

import dev.skein.api.store.DatabaseState;
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
    @Formula(DatabaseState.PROBLEM)
    public @Nullable String problem;

    @Column(name = "reported_at")
    public Instant reportedAt;

    /** When it was last told to be there; null of one that is. */
    @Formula("CASE WHEN " + DatabaseState.GONE + " THEN present_at END")
    public @Nullable Instant notSeenSince;
}
