// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.scratch;

import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.server.FolderTrees;
import dev.skein.engine.server.PostgresPrograms;
import dev.skein.engine.server.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A server that is started for its scratch databases, tied to this program: it ends with it,
 * however that ends.
 */
final class OwnHost implements ScratchHost {
    static final String SUPERUSER = "postgres";
    static final String OWNER = "scratch";
    private static final int COPIES = 15;

    private final PostgresServer server;
    private final String user;
    private final String password;

    private OwnHost(PostgresServer server, String user, String password) {
        this.server = server;
        this.user = user;
        this.password = password;
    }

    /**
     * Starts one and waits until it serves.
     *
     * @param user who owns its databases; it is made by the caller, unless it is the superuser
     * @throws SkeinException with the server's own words, if it does not start
     */
    static OwnHost start(PgClient client, PostgresPrograms programs, String user, String password) {
        return new OwnHost(ScratchProcess.start(client, programs), user, password);
    }

    @Override
    public DatabaseAddress administered(String database) {
        return server.address(database);
    }

    @Override
    public DatabaseAddress owned(String database) {
        var address = server.address(database);
        return user.equals(SUPERUSER)
                ? address
                : DatabaseAddress.parse(address.url().replace(SUPERUSER + "@", user + "@"))
                        .withPassword(password);
    }

    @Override
    public String owner() {
        return user;
    }

    @Override
    public String maintenance() {
        return "postgres";
    }

    @Override
    public int major() {
        return server.programs().major();
    }

    @Override
    public String options() {
        return major() < COPIES ? "" : " STRATEGY file_copy";
    }

    @Override
    public Optional<PostgresPrograms> programs() {
        return Optional.of(server.programs());
    }

    Process process() {
        return server.process();
    }

    Path data() {
        return server.data();
    }

    /** Ends it at once and deletes its files. */
    @Override
    public void close() {
        ScratchProcess.stop(server);
        try {
            FolderTrees.delete(server.data().resolveSibling("").normalize());
        } catch (IOException e) {
            System.getLogger(ScratchServer.class.getName())
                    .log(System.Logger.Level.WARNING, "scratch files stay: {0}", e.getMessage());
        }
    }
}
