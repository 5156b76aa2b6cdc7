// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.query;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import org.hibernate.annotations.Immutable;

/** What an agent is at for a rollout's database, for reading. */
@Entity
@Immutable
@IdClass(AttemptRow.Key.class)
@Table(name = "rollout_attempt")
public class AttemptRow extends PanacheEntityBase {
    @Id public String rollout;
    @Id public String uid;
    public String site;
    public String name;
    public int tries;
    public boolean troubled;
    public String doing;

    /** How long it has been at just that. */
    public long seconds;

    /** The primary key. */
    public record Key(String rollout, String uid) implements Serializable {}
}
