// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.testing;

import dev.skein.api.config.ApiSchema;
import dev.skein.service.testing.OnDatabase;

/** A test with a database of its own for the api's schema, which it makes as far as it likes. */
public abstract class OnApiDatabase extends OnDatabase {
    protected OnApiDatabase() {
        super(1);
    }

    /** Makes the schema up to a revision. */
    protected void migrate(String to) {
        ApiSchema.revisions(database.client()).upgrade(database.address(), to);
    }
}
