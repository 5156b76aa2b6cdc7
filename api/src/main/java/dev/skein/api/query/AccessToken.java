// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.query;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** What a login leaves; the token itself is stored nowhere. */
@Entity
@Table(name = "access_token")
public class AccessToken extends PanacheEntityBase {
    /** SHA-256 of the token, hexadecimal. */
    @Id public String hash;

    public String account;

    @Column(name = "created_at")
    public Instant createdAt;

    @Column(name = "expires_at")
    public Instant expiresAt;

    public boolean revoked;
}
