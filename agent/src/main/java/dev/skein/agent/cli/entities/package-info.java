// SPDX-License-Identifier: Apache-2.0

/** The schema that JPA entities want, as Hibernate's exporter writes it. */
@NullMarked
package dev.skein.agent.cli.entities;

import org.jspecify.annotations.NullMarked;
