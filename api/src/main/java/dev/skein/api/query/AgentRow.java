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

/** An agent, for reading; the projection writes the table. */
@Entity
@Immutable
@Table(name = "fleet_agent")
@SQLRestriction("forgotten_at IS NULL")
public class AgentRow extends PanacheEntityBase {
    @Id public String id;
    public String site;

    @Column(name = "started_at")
    public Instant startedAt;

    public int databases;
    public int running;

    @Column(name = "seen_at")
    public Instant seenAt;

    /** Whose databases it looks after; null from one that does not tell. */
    public String @Nullable [] servers;

    /** How many records it could not take since it began. */
    public long refused;

    /** Which was the last one, and why; null where there is none. */
    @Column(name = "refused_last")
    public @Nullable String refusedLast;

    /** Heard of lately, by the database's clock. */
    @Formula("seen_at > now() - interval '15 seconds'")
    public boolean alive;

    /** Two processes have told of it lately, by turns. */
    @Formula("coalesce(doubled_at > now() - interval '1 minute', false)")
    public boolean doubled;
}
