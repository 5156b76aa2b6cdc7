// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.query;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;

/** A rollout with open work: since when nothing moved there, and why. */
@Entity
@Immutable
@Table(name = "rollout_quiet")
public class QuietRow extends PanacheEntityBase {
    @Id public String rollout;
    public Instant since;
    public long seconds;
    public String reason;
}
