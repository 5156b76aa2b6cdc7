// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.entities.shop;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.OneToMany;
import jakarta.persistence.Table;
import java.util.List;

/** Who buys; only for the test of what becomes of it. */
@Entity
@Table(name = "customer")
public class Customer {
    /** How dear. */
    public enum Tier {
        FREE,
        PAID
    }

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;

    @Column(nullable = false, unique = true)
    String mailAddress;

    @Enumerated(EnumType.STRING)
    Tier tier;

    @OneToMany(mappedBy = "customer")
    List<Purchase> purchases;
}
