// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.config;

import dev.skein.api.testing.OnApiDatabase;
import dev.skein.service.testing.LaterSchema;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that is older than its database says so, and changes nothing. */
class ApiLaterSchemaTest extends OnApiDatabase {
    @TempDir Path folder;

    @Test
    void aDatabaseOfALaterVersionIsRefusedAndLeftAsItIs() throws Exception {
        new LaterSchema(ApiSchema.class, ApiSchema::apply).isRefused(database, folder);
    }
}
