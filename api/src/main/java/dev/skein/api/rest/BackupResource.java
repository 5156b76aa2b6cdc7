// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rest;

import dev.skein.api.command.Roles;
import dev.skein.api.store.BackupStore;
import dev.skein.service.database.Db;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The catalogue of backups. The backups themselves never leave their site. */
@Path("/api/backups")
public class BackupResource {
    private final Db db;
    private final BackupStore backups;

    public BackupResource(Db db, BackupStore backups) {
        this.db = db;
        this.backups = backups;
    }

    /** Backups of a rollout, of a database (by uid, name, or site/name), or all; newest first. */
    @GET
    @RolesAllowed(Roles.VIEWER)
    @RunOnVirtualThread
    public List<BackupStore.Kept> list(
            @QueryParam("rollout") @Nullable String rollout,
            @QueryParam("database") @Nullable String database) {
        return db.call(tx -> backups.find(tx, rollout, database));
    }
}
