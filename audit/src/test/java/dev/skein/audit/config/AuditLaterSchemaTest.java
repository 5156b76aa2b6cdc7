// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.config;

import dev.skein.audit.testing.OnAuditDatabase;
import dev.skein.service.testing.LaterSchema;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that is older than its database says so, and changes nothing. */
class AuditLaterSchemaTest extends OnAuditDatabase {
    @TempDir Path folder;

    @Test
    void aDatabaseOfALaterVersionIsRefusedAndLeftAsItIs() throws Exception {
        new LaterSchema(AuditSchema.class, AuditSchema::apply).isRefused(database, folder);
    }
}
