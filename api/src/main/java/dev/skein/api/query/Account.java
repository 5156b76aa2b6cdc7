// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.query;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A person or a machine that may log in. */
@Entity
@Table(name = "account")
public class Account extends PanacheEntityBase {
    @Id public String name;

    /** As the password library writes it; never the password. */
    @Column(name = "password_hash")
    public String passwordHash;

    public String[] roles;

    @Column(name = "created_at")
    public Instant createdAt;
}
