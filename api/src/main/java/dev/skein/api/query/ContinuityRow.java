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

/** Since when nothing is decided, for reading. */
@Entity
@Immutable
@Table(name = "continuity")
public class ContinuityRow extends PanacheEntityBase {
    @Id public boolean one;

    @Column(name = "stopped_at")
    public @Nullable Instant stoppedAt;
}
