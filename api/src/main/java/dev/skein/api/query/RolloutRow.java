// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.query;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A rollout, for reading; the store writes the table with the events. */
@Entity
@Immutable
@Table(name = "rollout")
public class RolloutRow extends PanacheEntityBase {
    @Id public String id;
    public String status;
    public String author;
    public String bundle;
    public String target;

    @Column(name = "plan_hash")
    public String planHash;

    public int wave;
    public @Nullable String reason;

    @Column(name = "approved_by")
    public @Nullable String approvedBy;

    @Column(name = "approved_at")
    public @Nullable Instant approvedAt;

    @Column(name = "created_at")
    public Instant createdAt;

    @Column(name = "changed_at")
    public Instant changedAt;
}
