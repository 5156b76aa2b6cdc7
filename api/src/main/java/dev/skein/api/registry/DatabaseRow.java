// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.registry;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Formula;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A database of the fleet, for reading; the projection writes the table. */
@Entity
@Immutable
@Table(name = "fleet_database")
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

    public @Nullable String problem;

    @Column(name = "reported_at")
    public Instant reportedAt;
}
