// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.entities.shop;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import java.math.BigDecimal;
import java.time.Instant;

/** What somebody bought; only for the test of what becomes of it. */
@Entity
public class Purchase {
    @Id @GeneratedValue Long id;

    @ManyToOne(optional = false)
    Customer customer;

    BigDecimal amount;
    Instant boughtAt;
}
