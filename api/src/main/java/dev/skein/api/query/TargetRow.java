// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.query;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A database's part in a rollout, for reading. */
@Entity
@Immutable
@IdClass(TargetRow.Key.class)
@Table(name = "rollout_target")
public class TargetRow extends PanacheEntityBase {
    @Id public String rollout;
    @Id public String uid;
    public int wave;
    public int place;
    public String site;
    public String name;
    public String state;
    public @Nullable Long generation;
    public @Nullable String signature;
    public @Nullable String message;
    public @Nullable Long millis;

    @Column(name = "changed_at")
    public Instant changedAt;

    /** The primary key. */
    public record Key(String rollout, String uid) implements Serializable {}
}
