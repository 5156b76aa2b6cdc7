// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.query;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import org.hibernate.annotations.Immutable;

/** The count of a wave, for reading. */
@Entity
@Immutable
@IdClass(TallyRow.Key.class)
@Table(name = "wave_tally")
public class TallyRow extends PanacheEntityBase {
    @Id public String rollout;
    @Id public int wave;
    public String name;
    public int planned;
    public int open;
    public int succeeded;
    public int failed;
    public int aside;

    /** The primary key. */
    public record Key(String rollout, int wave) implements Serializable {}
}
