// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.testing;

import dev.skein.audit.config.AuditSchema;
import dev.skein.service.testing.OnDatabase;
import org.junit.jupiter.api.BeforeEach;

/** A test with a database of its own that has the audit service's schema. */
public abstract class OnAuditDatabase extends OnDatabase {
    protected OnAuditDatabase() {
        super(2);
    }

    /** Up to which revision the schema is made. */
    protected String version() {
        return "heads";
    }

    @BeforeEach
    final void makeSchema() {
        AuditSchema.revisions(database.client()).upgrade(database.address(), version());
    }
}
